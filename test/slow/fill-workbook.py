"""Opens a workbook in LibreOffice, types figures into »Jeres tal« by key, and saves it as XLSX, ODS and CSV.

Arguments: the workbook, a JSON file {key: what is typed}, the folder to save to, LibreOffice's pipe. Text is
typed as a person types it: LibreOffice decides, by the language it runs in, whether it is a number.
"""
import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def desktop(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def main():
    workbook, figures, folder, pipe = sys.argv[1:5]
    office = desktop(pipe)
    try:
        document = office.loadComponentFromURL(Path(workbook).as_uri(), "_blank", 0, (prop("Hidden", True),))
        sheet = document.Sheets.getByIndex(0)
        typed = json.loads(Path(figures).read_text(encoding="utf-8"))
        filled = set()
        for row in range(0, 80):
            key = sheet.getCellByPosition(0, row).String
            if key not in typed:
                continue
            sheet.getCellByPosition(5, row).FormulaLocal = typed[key]
            filled.add(key)
        if filled != set(typed):
            raise SystemExit(f"not in the workbook: {sorted(set(typed) - filled)}")
        saved = {
            "xlsx": (prop("FilterName", "Calc MS Excel 2007 XML"),),
            "ods": (prop("FilterName", "calc8"),),
            # Semicolon, quote, UTF-8, from line 1; cells as they are shown.
            "csv": (
                prop("FilterName", "Text - txt - csv (StarCalc)"),
                prop("FilterOptions", "59,34,76,1,,0,false,true,false"),
            ),
        }
        for name, how in saved.items():
            document.storeToURL((Path(folder) / f"filled.{name}").as_uri(), how)
        document.close(True)
    finally:
        office.terminate()


main()
