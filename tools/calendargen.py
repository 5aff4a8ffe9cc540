#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes profiles/base/calendar/<year>.tsv from the npm package chinese-days.

    npm pack chinese-days@1.5.7 && tar xzf chinese-days-1.5.7.tgz
    tools/calendargen.py package profiles/base/calendar

Only days that break the weekend rule are written. The format is described in
src/calendar/calendar.h. Run again when a new year's notice is in the package; the files are
committed, the build does not need the package.
"""
import datetime
import json
import pathlib
import sys


def names(text):
    english, chinese, _ = text.split(",")
    return f"{chinese}\t{english}"


def rows_of(data):
    """Yields (date, kind, names) of every day that breaks the weekend rule, ascending."""
    for kind, days in (("holiday", data["holidays"]), ("workday", data["workdays"])):
        for date, text in days.items():
            weekend = datetime.date.fromisoformat(date).isoweekday() >= 6
            if weekend == (kind == "workday"):
                yield date, kind, names(text)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    package = pathlib.Path(sys.argv[1])
    folder = pathlib.Path(sys.argv[2])
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    data = json.loads((package / "dist" / "chinese-days.json").read_text(encoding="utf-8"))
    rows = sorted(rows_of(data))
    years = sorted({row[0][:4] for row in rows})
    coverage = f"{years[0]}-{years[-1]}"
    folder.mkdir(parents=True, exist_ok=True)
    for year in years:
        lines = [
            f"# year {year}",
            f"# source npm {about['name']} {about['version']} (MIT), covers {coverage}",
        ]
        lines += ["\t".join(row) for row in rows if row[0].startswith(year)]
        (folder / f"{year}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
