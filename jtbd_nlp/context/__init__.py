"""What stands around a job."""
