"""The names under which the worker knows our jobs."""

QUEUE = "perspectives"
COMPUTE = "perspectives.compute_map"
