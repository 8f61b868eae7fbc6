"""The library: standards and surveys as files, read strictly; every fault has its place."""

from app.library.folders import Library, check_folder, load_standards, load_survey, read_library
from app.library.i18n_folder import Words
from app.library.ledger_file import read_ledger
from app.library.locking import lock
from app.library.pictures import Picture, PicturePack, check_pack, missing_ids, read_pack, required_ids
from app.library.schemas import write_schemas
from app.library.standards_file import parse_standards, standards_document
from app.library.survey_file import parse_survey, survey_document
from app.library.translation_file import translation_document, translation_of

__all__ = [
    "Library",
    "Picture",
    "PicturePack",
    "Words",
    "check_folder",
    "check_pack",
    "load_standards",
    "load_survey",
    "lock",
    "missing_ids",
    "parse_standards",
    "parse_survey",
    "read_ledger",
    "read_library",
    "read_pack",
    "required_ids",
    "standards_document",
    "survey_document",
    "translation_document",
    "translation_of",
    "write_schemas",
]
