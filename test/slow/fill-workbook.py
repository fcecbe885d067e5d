"""Opens a workbook in LibreOffice, types figures into »Jeres tal« by key, and saves it as XLSX, ODS and CSV.

Arguments: the workbook, a JSON file {"typed": {key: what is typed}, "beside": {key: what is typed into a column
inserted before »Jeres tal«}, "heading": that column's, "hidden": whether it is hidden, "struck": keys whose cell is
struck out, "run": {key: signs at its start that are}, "raised": {key: signs at its end that are}, "formats": {key:
format}}, the folder to save to, LibreOffice's pipe. Text is typed as a person types it: LibreOffice decides, by the
language it runs in, whether it is a number.
"""
import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.awt.FontStrikeout import SINGLE
from com.sun.star.beans import PropertyValue
from com.sun.star.lang import Locale
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


def mark(cell, start, signs, name, value):
    """Gives a run of a cell's text a look of its own."""
    if not signs:
        return
    cursor = cell.createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(start, False)
    cursor.goRight(signs, True)
    cursor.setPropertyValue(name, value)


def main():
    workbook, figures, folder, pipe = sys.argv[1:5]
    office = desktop(pipe)
    try:
        document = office.loadComponentFromURL(Path(workbook).as_uri(), "_blank", 0, (prop("Hidden", True),))
        sheet = document.Sheets.getByIndex(0)
        how = json.loads(Path(figures).read_text(encoding="utf-8"))
        typed = how["typed"]
        if how.get("beside"):
            # Our sheet is protected without a password, against slips.
            sheet.unprotect("")
            sheet.Columns.insertByIndex(5, 1)
        column = 6 if how.get("beside") else 5
        filled = set()
        for row in range(0, 80):
            key = sheet.getCellByPosition(0, row).String
            if key not in typed:
                continue
            cell = sheet.getCellByPosition(column, row)
            if key in how.get("formats", {}):
                locale = Locale("da", "DK", "")
                formats = document.NumberFormats
                code = how["formats"][key]
                known = formats.queryKey(code, locale, False)
                cell.NumberFormat = known if known != -1 else formats.addNew(code, locale)
            cell.FormulaLocal = typed[key]
            if key in how.get("struck", []):
                cell.CharStrikeout = SINGLE
            mark(cell, 0, how.get("run", {}).get(key, 0), "CharStrikeout", SINGLE)
            raised = how.get("raised", {}).get(key, 0)
            mark(cell, len(cell.String) - raised, raised, "CharEscapement", 33)
            if key in how.get("beside", {}):
                sheet.getCellByPosition(5, row).FormulaLocal = how["beside"][key]
            filled.add(key)
        if how.get("beside"):
            sheet.getCellByPosition(5, 3).String = how.get("heading", "")
            sheet.Columns.getByIndex(5).IsVisible = not how.get("hidden", False)
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
