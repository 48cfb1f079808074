"""One thing that people do, a file; no flow knows another."""
