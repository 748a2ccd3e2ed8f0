"""The names under which the worker and the reader know our jobs."""

QUEUE = "perspectives"
COMPUTE = "perspectives.compute_map"
READ_IN = "perspectives.read_in"
MAP_JOB = "perspectives.map"
IMPORT_JOB = "perspectives.import"
