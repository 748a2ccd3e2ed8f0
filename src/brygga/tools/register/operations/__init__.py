"""What is written: deliveries, register numbers, disposals, requests."""
