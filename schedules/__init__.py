"""APScheduler lives here and nowhere else."""
