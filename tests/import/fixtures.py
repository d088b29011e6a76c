"""Builds the documents of this folder, as Word and Excel write them. Needs python-docx and openpyxl:

    pip install python-docx openpyxl && python3 tests/import/fixtures.py

The two tables are Slagelse's, retyped from the published service level of 24 August 2015, its slips included.
"""

import io
import pathlib
import re
import zipfile

import docx
import openpyxl
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

HERE = pathlib.Path(__file__).parent
HEADING = ["Type", "Opgaver", "Skal/kan", "Ugentlige timer"]
YOUNG = "Ungeafdelingen (Uddannelseshjælps- og kontanthjælpsmodtagere ml 18-29-år)"
ADULT = "Voksenafdelingen (Kontanthjælpsmodtagere ml. 30 -67 år)"
PRACTICE = (
    "Opgaven er en støttende mentorindsats i forbindelse med eksempelvis en virksomhedspraktik, vejlednings- og "
    "opkvalificeringsforløb, ordinær ansættelse, eller ordinær uddannelse"
)
SOCIAL = (
    "Opgaven kan være mangeartet, men handler om at støtte borger til at blive klar til en aktiv og "
    "beskæftigelsesrettet indsats – eksempelvis kan det dreje sig om at komme ud hjemme fra, bustræning, lægebesøg, "
    "styr på økonomien eller hjemmet, støtte fremmøde i tilbud, mv."
)
DISCHARGE = (
    "Opgaven for mentor er i forbindelse med udskrivning fra psykiatrisk indlæggelse, at hjælpe personen med at "
    "koordinere og genetablere et normalt hverdagsliv med bolig, familie, økonomi, netværk og arbejde, samt at "
    "understøtte personens vej mod uddannelse eller job."
)
RELEASE = (
    "Kommunen skal så snart det bliver kendt at en person snart løslades vurdere behovet for en mentor, der kan tage "
    "over, når Kriminalforsorgens indsats stopper."
)
DUTY = "til aktivitetsparate ledige, der ikke kan deltage i tilbud: Opgaven minder indholdsmæssigt om {} mentor, men er et ret og pligttilbud til borgere, der ikke kan deltage i tilbud."
YOUNG_ROWS = [
    ["Uddannelsesmentor til unge under 30 år i overgang til uddannelse",
     "Opgaven er, at støtte den unge før, i overgangen til og i starten af uddannelsen med eksempelvis at få søgt SU, "
     "få struktur på en ny hverdag med lektielæsning, faste mødetider og nye sociale relationer.", "Kan", "1-2"],
    ["Uddannelsesmentor til unge under 30 år i uddannelse (de modtager ikke ydelse)",
     "Opgaven er at støtte unge, der skal i gang med uddannelse eller støtte unge der er i uddannelse med risiko for "
     "at droppe ud.", "Kan", "1-2"],
    ["Studiestartskoordinator til unge under 30 år der er enlige forsørgere i overgangen til uddannelse",
     "Opgaven er at give en særlig støtte til unge fra tidspunktet for optaget på uddannelsen og et år frem. "
     "(forsøgsperioden 15.01.14-31.12.16)",
     "Forsøg. Forsøgsperioden løber fra den 15. januar 2014 til den 31. december 2016", "1-2"],
    ["Virksomhedsmentor", PRACTICE + ". Mentor vil ofte være en ansat kollega i pågældende virksomhed.", "Kan", "1-2"],
    ["Social mentor", SOCIAL, "Skal", "½ års varighed med mulighed for forlængelse\n1-3 timer ugentligt"],
    ["Ret og pligtmentor", DUTY.format("udvidet social"), "Skal",
     "½ års varighed med mulighed for forlængelse\n1-3 timer ugentligt"],
    ["Udskrivningskoordinator", DISCHARGE, "Skal", "3 måneder\n1-3 timer ugentligt"],
    ["Udslusningskoordinator", RELEASE, "Skal", "Max 3 måneder\n1-3 timer ugentligt"],
    ["Efterværn til aktivitetsparate", "kontanthjælpsmodtager der er kommet i ordinært job", "Kan", "1-3 timer ugentligt"],
]
ADULT_ROWS = [
    ["Virksomhedsmentor", PRACTICE + " for de over 30-årige. Mentor vil ofte være en ansat kollega i pågældende virksomhed.", "kan", "2-5 timer"],
    ["Tilbudsmentor", "Opgaven er en støttende mentorindsat i forbindelse med virksomhedspraktikker for de over 30 "
     "årige. Tilbudsmentoren vil have hele dage sammen med borgerne i en virksomhed", "kan", "2-10 timer"],
    ["Social mentor", SOCIAL, "Kan", "1-5 timer"],
    ["Ret og pligtmentor", DUTY.format("social"), "skal", "1-5 timer"],
    ["Udskrivningskoordinator", DISCHARGE, "Skal", "1-3 timer"],
    ["Udslusningskoordinator", RELEASE, "Skal", "1-3 timer"],
]


def word_table(document, heading, rows):
    table = document.add_table(rows=1, cols=len(heading), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, heading):
        cell.paragraphs[0].add_run(words).bold = True
    for row in rows:
        for cell, words in zip(table.add_row().cells, row):
            first, *more = words.split("\n")
            cell.paragraphs[0].add_run(first)
            for line in more:
                cell.add_paragraph(line)
    return table


def with_part(path, name, content, kind, content_type):
    """Adds a part that python-docx does not know: footnotes."""
    old = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item.filename)
            if item.filename == "word/_rels/document.xml.rels":
                relation = f'<Relationship Id="rIdNotes" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{name.split("/")[-1]}"/>'
                data = data.replace(b"</Relationships>", relation.encode() + b"</Relationships>")
            if item.filename == "[Content_Types].xml":
                data = data.replace(b"</Types>", f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'.encode())
            new.writestr(zipfile.ZipInfo(item.filename, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        new.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def slagelse():
    document = docx.Document()
    document.add_heading("Serviceniveau på mentor i Jobcenteret", 0)
    document.add_paragraph("Nærværende overblik skal ses i sammenhæng med Kontanthjælpsreformen.")
    document.add_heading("Serviceniveau", 1)
    document.add_heading(YOUNG, 2)
    word_table(document, HEADING, YOUNG_ROWS)
    document.add_heading(ADULT, 2)
    word_table(document, HEADING, ADULT_ROWS)
    document.add_paragraph("Slagelse Jobcenter d. 24. august 2015")
    document.save(HERE / "slagelse.docx")

    book = openpyxl.Workbook()
    book.active.title = "Ungeafdelingen"
    for sheet, rows in [(book.active, YOUNG_ROWS), (book.create_sheet("Voksenafdelingen"), ADULT_ROWS)]:
        for row in [HEADING, *rows]:
            sheet.append(row)
        sheet.column_dimensions["B"].width = 60
    book.save(HERE / "slagelse.xlsx")

    def line(row):
        return ";".join('"' + cell.replace('"', '""') + '"' if re.search('[;"\n]', cell) else cell for cell in row)

    # as Excel in Danish saves it: semicolons, Windows letters, CR LF
    lines = [line(row) for row in [HEADING, *YOUNG_ROWS]]
    (HERE / "unge.csv").write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1252", "replace"))
    lines = [line(row) for row in [[ADULT], HEADING, *ADULT_ROWS]]
    (HERE / "voksne.csv").write_bytes(b"\xef\xbb\xbf" + ("\r\n".join(lines) + "\r\n").encode())


def merged():
    """Merged cells both ways, a heading inside the table, a footnote, deleted text, a table in a cell."""
    document = docx.Document()
    document.add_paragraph("Tabel 2: Støtte efter målgruppe", style="Caption")
    heading = ["Målgruppe", "Mentor", "Støttens omfang", "", "Hjemmel"]
    table = word_table(document, heading, [
        ["", "", "Timer", "Varighed", ""],
        ["2.3 og 2.13", "Social mentor", "1,5-3", "højst 6 mdr.", "LAB § 31 b"],
        ["", "Ret- og pligtmentor", "1-3 t/uge", "½ år", "jf. LAB §93 og §96 c"],
        ["Indlagte", "", "", "", ""],
        ["alle undtagen 2.1", "Udskrivningskoordinator", "efter behov", "3 måneder", "§ 31 b"],
        ["2.12", "Udslningskoordinator", "-", "", "LAB § 31 b"],
    ])
    table.cell(0, 2).merge(table.cell(0, 3))
    for column in (0, 1, 4):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(2, 0).merge(table.cell(3, 0))
    table.cell(4, 0).merge(table.cell(4, 4))
    run = table.cell(5, 1).paragraphs[0].runs[0]._r
    reference = parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>')
    run.addnext(reference)
    deleted = parse_xml(f'<w:del {nsdecls("w")} w:id="9" w:author="A"><w:r><w:delText>slettet</w:delText></w:r></w:del>')
    run.addnext(deleted)
    inner = table.cell(6, 3).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "højst", "3 mdr."
    path = HERE / "merged.docx"
    document.save(path)
    notes = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>'
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Gælder også ved '
        'ambulant behandling &amp; efterforløb.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    with_part(path, "word/footnotes.xml", notes, "footnotes",
              "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml")

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Ark1"
    for row in [
        ["Serviceniveau 2026"], [],
        ["Støtte", "Skal", "Kan", "Timer", "Gælder fra", "Alder", "Skriftlig aftale"],
        ["Social mentor", "x", None, 1.5, None, "18-29 år", "ja"],
        ["Efterværn", None, "x", "1-2", None, None, "nej"],
        [],
        ["Virksomhedsmentor", None, "X", 3, None, "over 30 år", "-"],
    ]:
        sheet.append(row)
    import datetime
    sheet["E4"] = datetime.date(2026, 1, 1)
    sheet.merge_cells("E4:E5")
    sheet.merge_cells("A1:G1")
    other = book.create_sheet("Skjult")
    for row in [["Støtte", "Timer"], ["Tilbudsmentor", 2]]:
        other.append(row)
    other.sheet_state = "hidden"
    book.save(HERE / "merged.xlsx")


def far():
    """A sheet of two cells that claims every row and column there is."""
    book = openpyxl.Workbook()
    book.active["A1"] = "Støtte"
    book.active["XFD1048576"] = "x"
    book.save(HERE / "far.xlsx")


def guide():
    """The table that docs/vejledning.md begins with."""
    document = docx.Document()
    document.add_heading("Støtte til voksne i Vestby Kommune", 0)
    document.add_paragraph("Her står, hvem der kan få støtte, og hvor meget. Niveauet gælder fra 1. januar 2026.")
    document.add_heading("Serviceniveau for voksne", 1)
    heading = ["Støtte", "Målgruppe", "Alder", "Kan/skal", "Timer om ugen", "Varighed", "Hjemmel"]
    word_table(document, heading, [
        ["Mentor", "ledige", "18-29 år", "Skal", "1-3", "½ år", "LAB § 167"],
        ["Mentor", "ledige", "over 30 år", "Kan", "1-2", "max 3 mdr.", "LAB § 167"],
        ["Kontaktperson", "sygemeldte", "18-29 år", "Kan", "1,5", "3 mdr.", "SEL § 99"],
        ["Kontaktpersoner", "sygemeldte", "30-67 år", "Kan", "1", "efter aftale", "SEL § 99"],
    ])
    document.save(HERE.parent.parent / "docs/vejledning/serviceniveau.docx")


slagelse()
merged()
far()
guide()
