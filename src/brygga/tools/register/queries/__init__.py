"""What is read of deliveries, disposals and requests."""
