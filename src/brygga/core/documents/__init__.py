"""Papers as PDF, fit for the archive (PDF/A-2a) and readable by all (PDF/UA-1)."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import typst


def compile_pdf(template: Path, data: dict[str, Any], *, at: datetime) -> bytes:
    """Set `data` in a typst template that reads it as JSON from `sys.inputs.data`.

    A letter that none of the fonts at hand has (an emoji, a rare script) costs the paper its
    standards, never the paper.
    """
    source, moment = str(template), int(at.timestamp())
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        return typst.compile(
            source,
            format="pdf",
            sys_inputs=inputs,
            timestamp=moment,
            pdf_standards=["a-2a", "ua-1"],
        )
    except typst.TypstError:
        return typst.compile(source, format="pdf", sys_inputs=inputs, timestamp=moment)
