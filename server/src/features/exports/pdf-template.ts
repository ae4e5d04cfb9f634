/**
 * The whole layout. What people wrote arrives as JSON in `sys.inputs` and is only ever placed with `text()`,
 * so nothing in it can be read as Typst markup or code. The layout imports nothing and names no file.
 *
 * A line is {dir, runs: [{bold, italic, href, lines: [[piece]]}]}: lines are set apart by line breaks; between
 * the pieces of a line the layout may break, though nothing is there, so that no long word leaves the page.
 */
export const PDF_TEMPLATE = String.raw`
#let d = json(bytes(sys.inputs.document))
#let ink = rgb("#1b1b1f")
#let quiet = rgb("#55555e")

#set document(title: d.kindTitle, date: none)
#set page(paper: "a4", margin: (x: 24mm, top: 24mm, bottom: 26mm))
#set text(font: d.fonts, lang: d.lang, dir: if d.dir == "rtl" { rtl } else { ltr }, size: 11pt, fill: ink, fallback: false, hyphenate: false)
#set par(leading: 0.75em, spacing: 1.1em)

#show heading: set block(above: 1.6em, below: 0.9em, sticky: true)
#show heading.where(level: 1): set text(size: 17pt)
#show heading.where(level: 2): set text(size: 13pt)
#show heading.where(level: 3): set text(size: 11.5pt)
#show heading.where(level: 4): set text(size: 11pt, fill: quiet)
#show title: set text(size: 18pt)
#show link: set text(fill: rgb("#1f4f82"))
#show link: underline

#let pieces(parts) = parts.map(text).join(h(0.01pt))
#let styled(run) = {
  let body = run.lines.map(pieces).join(linebreak())
  if run.italic { body = emph(body) }
  if run.bold { body = strong(body) }
  if run.href != none { link(run.href, body); if run.printed.len() > 0 { [ (]; pieces(run.printed); [)] } } else { body }
}
#let inline(line) = line.runs.map(styled).join()
#let direction(line) = if line.dir == "rtl" { rtl } else { ltr }
#let turned(line, body) = if line.dir == d.dir { body } else {
  set text(dir: direction(line))
  set align(start)
  body
}

// A list turns as a whole, with its first item: marks on both sides would be hard to follow.
#let items(node) = {
  let body(item) = {
    text(dir: direction(item.line), inline(item.line))
    for inner in item.lists { items(inner) }
  }
  let list = if node.isOrdered { enum(..node.items.map(item => enum.item(body(item)))) } else { list(..node.items.map(item => list.item(body(item)))) }
  turned(node.items.first().line, list)
}

#let indented(node, body) = {
  let space = 2em * node.indent
  if node.line.dir == "rtl" { pad(right: space, body) } else { pad(left: space, body) }
}

#let blocks(nodes) = for node in nodes {
  if node.kind == "heading" { turned(node.line, heading(level: node.level + 1, outlined: false, inline(node.line))) }
  else if node.kind == "list" { items(node) }
  else if node.kind == "quote" { indented(node, turned(node.line, quote(block: true, inline(node.line)))) }
  else { indented(node, turned(node.line, par(inline(node.line)))) }
}

#let rows(field) = {
  set text(size: if field.columns.len() > 5 { 8pt } else { 9.5pt }, hyphenate: true)
  set par(leading: 0.6em)
  table(
    columns: field.columns.len(),
    inset: 5pt,
    stroke: 0.5pt + rgb("#a9a9b2"),
    fill: (_, y) => if y == 0 { rgb("#eeeef2") },
    align: start,
    table.header(..field.columns.map(column => strong(text(column)))),
    ..field.rows.flatten().map(cell => turned(cell, inline(cell))),
  )
}

#let field(node) = {
  heading(level: 2, outlined: false, text(node.label))
  if node.kind == "text" { turned(node.line, par(inline(node.line))) } else { rows(node) }
}

#v(30%)
#{
  set text(size: 30pt)
  set par(leading: 0.5em)
  set align(if d.dir == "rtl" { right } else { left })
  strong(text(dir: direction(d.title), inline(d.title)))
}
#v(0.5em)
#title(text(d.kindTitle))
#v(2em)
#par(text(fill: quiet, d.labels.draft))
#if sys.inputs.missing == "yes" { par(text(fill: quiet, d.labels.missingLetters)) }

#set page(footer: context align(center, text(size: 9pt, fill: quiet, counter(page).display("1 / 1", both: true))))
#pagebreak()

#outline(title: text(d.labels.contents), depth: 1)
#pagebreak(weak: true)

#for section in d.sections {
  heading(level: 1, [#section.number. #text(section.title)])
  block(sticky: true, par(text(fill: quiet, style: "italic", section.prompt)))
  blocks(section.blocks)
  for node in section.fields { field(node) }
  if section.isEmpty { par(text(fill: quiet, d.labels.nothingWritten)) }
}
`;
