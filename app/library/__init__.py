"""The library: standards and surveys as files, read strictly; every fault has its place."""

from app.library.folders import Library, check_folder, load_standards, load_survey, read_library
from app.library.ledger_file import read_ledger
from app.library.locking import lock
from app.library.schemas import write_schemas
from app.library.standards_file import parse_standards, standards_document
from app.library.survey_file import parse_survey, survey_document

__all__ = [
    "Library",
    "check_folder",
    "load_standards",
    "load_survey",
    "lock",
    "parse_standards",
    "parse_survey",
    "read_ledger",
    "read_library",
    "standards_document",
    "survey_document",
    "write_schemas",
]
