"""The rule of the Data Package version recipe, https://datapackage.org/recipes/data-package-version/."""

from dataclasses import dataclass
from enum import Enum, IntEnum


class Level(IntEnum):
    """The part of a version number that a change makes rise."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    def __str__(self) -> str:
        """The name as it is printed."""
        return self.name.lower()


class Rule(Enum):
    """A sentence of the recipe and the level that it stands under, the greatest first."""

    INCOMPATIBLE = Level.MAJOR, "Make incompatible changes"
    NAME = Level.MAJOR, "Change the data package, resource or field name or identifier"
    FIELDS = Level.MAJOR, "Add, remove or re-order fields"
    TYPE = Level.MAJOR, "Change a field type or format"
    RESTRICT = Level.MAJOR, "Change a field constraint to be more restrictive"
    DELETE = Level.MAJOR, "Combine, split, delete or change the meaning of data that is referenced"
    RESOURCE = Level.MINOR, "Add a new data resource to a data package"
    DATA = Level.MINOR, "Add new data to an existing data resource"
    RELAX = Level.MINOR, "Change a field constraint to be less restrictive"
    REFERENCE = Level.MINOR, "Update a reference to another data resource"
    ERRORS = Level.PATCH, "Correct errors in existing data"
    METADATA = Level.PATCH, "Change descriptive metadata properties"
    RELOCATE = Level.NONE, "Relocate the data to a new URL or path"

    @property
    def level(self) -> Level:
        """What a change under this rule makes rise."""
        return self.value[0]

    @property
    def sentence(self) -> str:
        """The recipe's words."""
        return self.value[1]


@dataclass(frozen=True)
class Change:
    """A change between two releases and the rule that it falls under."""

    rule: Rule
    place: str
    """`package`, `table NAME` or `table NAME, column NAME`."""
    what: str
