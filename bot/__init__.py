"""The common ritual engine: it knows no platform and no scheduler."""
