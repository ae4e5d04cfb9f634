/**
 * The whole layout. What people wrote arrives as JSON in `sys.inputs` and is only ever placed with `text()`,
 * so nothing in it can be read as Typst markup or code. The layout imports nothing and names no file.
 *
 * A line is {dir, runs: [{bold, italic, href, lines: [[piece]]}]}: lines are set apart by line breaks; between
 * the pieces of a line the layout may break, though nothing is there, so that no long word leaves the page.
 */
export const PDF_TEMPLATE = String.raw`
#let d = json(bytes(sys.inputs.document))
#let is-whole = d.sections.len() > 0
#let ink = rgb("#1b1b1f")
#let quiet = rgb("#55555e")

#set document(title: d.kindTitle, date: none)
// Who does what by when should fit on one page.
#set page(paper: "a4", margin: if is-whole { (x: 24mm, top: 24mm, bottom: 26mm) } else { (x: 20mm, top: 18mm, bottom: 20mm) })
#set text(font: d.fonts, lang: d.lang, dir: if d.dir == "rtl" { rtl } else { ltr }, size: 11pt, fill: ink, fallback: false, hyphenate: false)
#set par(leading: 0.75em, spacing: if is-whole { 1.1em } else { 0.8em })

#show heading: set block(above: if is-whole { 1.6em } else { 1.2em }, below: 0.9em, sticky: true)
#show heading.where(level: 1): set text(size: 17pt)
#show heading.where(level: 2): set text(size: 13pt)
#show heading.where(level: 3): set text(size: 11.5pt)
#show heading.where(level: 4): set text(size: 11pt, fill: quiet)
#show title: set text(size: if is-whole { 18pt } else { 13pt })
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

// Headings that people wrote begin one level below what they stand under.
#let blocks(nodes, under) = for node in nodes {
  if node.kind == "heading" { turned(node.line, heading(level: node.level + under, outlined: false, inline(node.line))) }
  else if node.kind == "list" { items(node) }
  else if node.kind == "quote" { indented(node, turned(node.line, quote(block: true, inline(node.line)))) }
  else { indented(node, turned(node.line, par(inline(node.line)))) }
}

#let cells(columns, head, body, size: 9.5pt) = {
  set text(size: size, hyphenate: true)
  set par(leading: 0.6em)
  table(
    columns: columns,
    inset: 5pt,
    stroke: 0.5pt + rgb("#a9a9b2"),
    fill: (_, y) => if y == 0 { rgb("#eeeef2") },
    align: start,
    table.header(..head.map(column => strong(text(column)))),
    ..body,
  )
}

#let rows(field) = cells(
  if field.shares == none { field.columns.len() } else { field.shares.map(share => share * 1fr) },
  field.columns,
  field.rows.flatten().map(cell => turned(cell, inline(cell))),
  size: if field.columns.len() > 5 { 8pt } else { 9.5pt },
)

#let field(node, level) = {
  if node.label != none { heading(level: level, outlined: false, text(node.label)) }
  if node.kind == "text" { turned(node.line, par(inline(node.line))) }
  // The circles of one section are few, and stay together.
  else { block(breakable: node.label != none, rows(node)) }
}

#let dissent(node) = {
  show quote: set block(above: 0.5em, below: 0.9em)
  set par(spacing: 0.5em)
  block(above: 1.2em, below: 0.5em, sticky: true, turned(node.label, par(strong(inline(node.label)))))
  if node.reason != none { turned(node.reason, quote(block: true, inline(node.reason))) }
}

#let ours(line) = turned(line, par(text(fill: quiet, inline(line))))

#let passage(node, under) = {
  let below = if node.title == none { under } else { under + 1 }
  if node.title != none { heading(level: under + 1, outlined: false, text(node.title)) }
  for line in node.lines { block(sticky: true, ours(line)) }
  blocks(node.blocks, below)
  for each in node.fields { field(each, below + 1) }
  for each in node.dissent { dissent(each) }
  for line in node.closing { ours(line) }
}

#let anchor(node) = label(if "number" in node { "section-" + str(node.number) } else { node.key })
#let page-of(target) = context str(counter(page).at(target).first())

#set page(footer: context align(center, text(size: 9pt, fill: quiet, counter(page).display("1 / 1", both: true))))

#{
  set text(size: if is-whole { 26pt } else { 18pt })
  set par(leading: 0.5em)
  set align(if d.dir == "rtl" { right } else { left })
  strong(text(dir: direction(d.title), inline(d.title)))
}
#title(text(d.kindTitle))
#for line in d.summary { turned(line, par(inline(line))) }
#if sys.inputs.missing == "yes" { par(text(fill: quiet, d.labels.missingLetters)) }

#if is-whole {
  heading(level: 1, outlined: false, text(d.labels.standing))
  cells(
    (3fr, 4fr, auto),
    (d.labels.section, d.labels.state, d.labels.page),
    d.sections.map(node => (
      link(anchor(node), [#node.number. #text(node.title)]),
      turned(node.cell, if node.isAgreed { strong(inline(node.cell)) } else { inline(node.cell) }),
      page-of(anchor(node)),
    )).flatten() + d.chapters.map(node => (
      link(anchor(node), text(node.title)), text(d.labels.atTheEnd), page-of(anchor(node)),
    )).flatten(),
    size: 10pt,
  )
}

#for (index, section) in d.sections.enumerate() {
  if index == 0 { pagebreak() }
  [#heading(level: 1, [#section.number. #text(section.title)])#anchor(section)]
  block(sticky: true, par(text(fill: quiet, style: "italic", section.prompt)))
  block(
    sticky: true,
    inset: (x: 7pt, y: 6pt),
    fill: if section.isAgreed { rgb("#e4f2e7") } else { rgb("#f4f0e2") },
    for line in section.state { turned(line, par(strong(inline(line)))) },
  )
  if section.isEmpty { par(text(fill: quiet, d.labels.nothingWritten)) }
  for node in section.passages { passage(node, 1) }
}

#for chapter in d.chapters {
  if is-whole { pagebreak() }
  [#heading(level: 1, text(chapter.title))#anchor(chapter)]
  for line in chapter.lines { ours(line) }
  for node in chapter.passages { passage(node, 1) }
}
`;
