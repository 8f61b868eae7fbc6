"""The JSON Schemas of the content files, so that an editor completes and checks them while they are written."""

import json
from pathlib import Path
from typing import Any

from app.library.checking import FilePart
from app.library.pictures import PicturesFile
from app.library.standards_file import StandardsFile
from app.library.survey_shape import SurveyFile
from app.library.translation_file import TranslationFile

_SHAPES: dict[str, type[FilePart]] = {
    "pictures.schema.json": PicturesFile,
    "standards.schema.json": StandardsFile,
    "survey.schema.json": SurveyFile,
    "translation.schema.json": TranslationFile,
}


def schema_texts() -> dict[str, str]:
    """Return the text of each schema file, by its name."""
    return {name: _text(shape.model_json_schema(by_alias=True)) for name, shape in _SHAPES.items()}


def write_schemas(folder: Path) -> None:
    """Write every schema into the folder (docs/schemas)."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_texts().items():
        (folder / name).write_text(text, encoding="utf-8")


def _text(schema: dict[str, Any]) -> str:
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
