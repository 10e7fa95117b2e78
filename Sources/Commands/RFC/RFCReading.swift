import Interpreter
import Net
import Wire

let rfcTOC = Command(
  "rfc toc", "Lists the sections of an RFC.",
  RFCOptions.number, RFCOptions.base, RFCOptions.offline, RFCOptions.refresh, TLSOptions.authorities,
  TLSOptions.insecure,
  RFCOptions.timeout, gives: .table,
  examples: [
    Example(
      "rfc toc 2324 --base http://www.rfc.test/rfc/ | get title | first 3",
      "Status of This Memo\nIntroduction\nWhat a Pot Is", needsLab: true)
  ]
) { machine, number, base, isOffline, isRefresh, authorities, isInsecure, timeout in
  let access = try RFCAccess(
    machine, base: base, authorities: authorities, isInsecure: isInsecure, timeout: timeout, isOffline: isOffline,
    isRefresh: isRefresh)
  return .list(
    try access.text(of: number).sections.map { section in
      .record(Record(["section": .string(section.number), "title": .string(section.title)]))
    })
}

let rfcSection = Command(
  "rfc section", "Gives one section of an RFC with those below it.",
  RFCOptions.number,
  Parameter<String>.required("section", "its number, such as 3.3, A.1 or 'Appendix A', or its title"),
  RFCOptions.base, RFCOptions.offline, RFCOptions.refresh, TLSOptions.authorities, TLSOptions.insecure,
  RFCOptions.timeout, gives: .string,
  examples: [
    Example(
      "rfc section 2324 3 --base http://www.rfc.test/rfc/ | lines | first", "3.  Asking for Coffee", needsLab: true)
  ]
) { machine, number, section, base, isOffline, isRefresh, authorities, isInsecure, timeout in
  let access = try RFCAccess(
    machine, base: base, authorities: authorities, isInsecure: isInsecure, timeout: timeout, isOffline: isOffline,
    isRefresh: isRefresh)
  guard let text = try access.text(of: number).text(ofSection: section) else {
    throw ValueError(
      "no-such-section", "RFC \(number.number) has no section `\(section)`",
      hint: "`rfc toc \(number.number)` lists them",
      layer: .rfc)
  }
  return .string(text)
}

let rfcGrep = Command(
  "rfc grep", "Finds the lines of an RFC that match a regex, each with its section.",
  RFCOptions.number, Parameter<Regex>.required("pattern", "a regex, or a text that is taken as one; (?i) ignores case"),
  RFCOptions.base, RFCOptions.offline, RFCOptions.refresh, TLSOptions.authorities, TLSOptions.insecure,
  RFCOptions.timeout, gives: .table,
  examples: [
    Example(
      "rfc grep 2324 'volume: 500' --base http://www.rfc.test/rfc/ | select section text",
      "section\ttext\n3\tvolume: 500 ml", needsLab: true)
  ]
) { machine, number, regex, base, isOffline, isRefresh, authorities, isInsecure, timeout in
  let access = try RFCAccess(
    machine, base: base, authorities: authorities, isInsecure: isInsecure, timeout: timeout, isOffline: isOffline,
    isRefresh: isRefresh)
  let document = try access.text(of: number)
  var rows: [Value] = []
  for (index, line) in document.lines.enumerated() {
    try machine.checkpoint()
    let found = try Array(line.utf8).withUnsafeBufferPointer { try regex.firstMatch(in: $0, isText: true) != nil }
    guard found else { continue }
    let section = document.section(ofLine: index).map { $0.number.isEmpty ? $0.title : $0.number } ?? ""
    rows.append(
      .record(
        Record([
          "section": .string(section), "line": .int(index + 1),
          "text": .string(String(line.drop { $0 == " " || $0 == "\t" })),
        ])))
  }
  return .list(rows)
}

let rfcGrammar = Command(
  "rfc grammar", "Collects the rules of ABNF of an RFC, under comments that name their sections.",
  RFCOptions.number, RFCOptions.base, RFCOptions.offline, RFCOptions.refresh, TLSOptions.authorities,
  TLSOptions.insecure,
  RFCOptions.timeout, gives: .string,
  examples: [Example("rfc grammar 9997 --base http://www.rfc.test/rfc/ | lines | first", needsLab: true)]
) { machine, number, base, isOffline, isRefresh, authorities, isInsecure, timeout in
  let access = try RFCAccess(
    machine, base: base, authorities: authorities, isInsecure: isInsecure, timeout: timeout, isOffline: isOffline,
    isRefresh: isRefresh)
  let rules = try access.text(of: number).grammar
  var lines: [String] = []
  for (index, rule) in rules.enumerated() {
    if index == 0 || rules[index - 1].section != rule.section {
      if index > 0 { lines.append("") }
      lines.append("; RFC \(number.number)" + (rule.section.isEmpty ? "" : " section \(rule.section)"))
    }
    lines.append(rule.text)
  }
  return .string(lines.joined(separator: "\n"))
}
