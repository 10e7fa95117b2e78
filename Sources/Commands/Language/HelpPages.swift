import Interpreter
import Net
import System

let help = Command(
  "help", "Shows a command, a family of commands or a section of the language, or searches all of them for words.",
  Parameter<[String]>.rest(
    "topic", "a command such as `tcp connect`, a family such as `http`, `language`, `language.loops`, or words to find"),
  gives: .any,
  examples: [
    Example("help len | lines | first", "Counts: the items of a list, the characters of a text, the bytes of bytes.\n"),
    Example("help tcp | get command | first", "tcp connect"),
    Example("help language | first 2 | get section", "language.how-to-read-this-page\nlanguage.a-script"),
    Example("help language.loops | lines | first", "Loops"),
    Example("help chunked coding | get help", "http dechunk"),
  ]
) { machine, topic in
  guard !topic.isEmpty else { return Help.table(of: machine.session.commands.all) }
  let name = topic.joined(separator: " ")
  if let page = machine.session.help(for: name) { return page }
  let guide = try languageGuide()
  if name == guide?.name, let guide { return guide.contents }
  if let section = guide?.section(name) { return .string(section.text) }
  let hits = Help.search(topic, in: machine.session.commands.all, guide)
  if case .list(let rows) = hits, !rows.isEmpty { return hits }
  let near = nearestNames(
    to: name, among: machine.session.commands.names + machine.session.commands.nouns + (guide?.topics ?? []))
  throw ValueError(
    "no-help", "no command, section or text has `\(name)`",
    hint: near.first.map { "did you mean `help \($0)`?" }
      ?? "`help` lists the commands, `help language` the sections; fewer words find more", layer: .command)
}

/// Reads the reference of the language that comes with the shell; nil where the shell has no share folder.
func languageGuide() throws -> Guide? {
  guard let folder = Share.path else { return nil }
  let bytes = try FileText.read(folder + "/doc/language.md")
  return Guide(name: "language", markdown: String(decoding: bytes, as: UTF8.self))
}
