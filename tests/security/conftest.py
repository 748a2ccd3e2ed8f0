"""The attacks stand in the same world as the sweeps over pages."""

from tests.architecture.conftest import town, world

__all__ = ["town", "world"]
