import Clients
import Interpreter
import Net
import Transport
import Wire

let httpExport = Command(
  "http export",
  "Gives the last exchange of HTTP that went over the wire as a line for curl or as a HAR archive; secrets are left out.",
  Parameter<Record?>.pipe("a request as a record, for --curl: method, url, headers, body"),
  Parameter<Bool>.flag("curl", "a line for curl"), Parameter<Bool>.flag("har", "a HAR archive, version 1.2, as JSON"),
  Parameter<Bool>.flag("all", "all exchanges that are remembered, and not only the last"),
  Parameter<Bool>.flag("secrets", "keep Authorization, Cookie and their like, and what the URL has"), gives: .string,
  examples: [
    Example(
      "{method: PUT, url: http://h/a, headers: {X: '1'}, body: tea} | http export --curl",
      "curl -X PUT http://h/a -H 'X: 1' -H 'User-Agent:' -H 'Accept:' -H 'Content-Type:' --data-binary tea"),
    Example(
      "let r = http get http://www.rfc.test/rfc/rfc2324.txt; (http export --har | from json).log.entries | get request | get url",
      "http://www.rfc.test/rfc/rfc2324.txt", needsLab: true),
  ]
) { machine, record, wantsCurl, wantsHAR, wantsAll, keepsSecrets in
  guard wantsCurl != wantsHAR else {
    throw ValueError("bad-argument", "`http export` gives either --curl or --har", layer: .command)
  }
  let mask = SecretMask(isOff: keepsSecrets)
  if let record {
    guard wantsCurl else {
      throw ValueError("bad-argument", "a request that was not made has no archive: --curl is for it", layer: .command)
    }
    return .string(try CurlText(record, mask).line)
  }
  let exchanges = try machine.recordedExchanges(all: wantsAll)
  guard wantsHAR else { return .string(try exchanges.map { try CurlText($0, mask).line }.joined(separator: "\n")) }
  return .string(String(decoding: try HTTPArchive(exchanges, mask).json(), as: UTF8.self))
}

extension Machine {
  /// The exchanges of HTTP that the recorder knows, in the order in which they began; without `all` the last one, with the others
  /// of its number.
  ///
  /// - Parameter connections: those whose exchanges count, if not all do.
  func recordedExchanges(all wantsAll: Bool, of connections: [Int]? = nil) throws -> [RecordedExchange] {
    let recorder = network.recorder
    var found: [RecordedExchange] = []
    for connection in connections ?? recorder.connections {
      try checkpoint()
      found += RecordedExchange.all(recorder.steps(ofConnection: connection))
    }
    found.sort { $0.times.began < $1.times.began }
    guard let last = found.last else {
      throw ValueError(
        "no-exchange", "no exchange of HTTP is remembered", hint: "`wire keep` says how much of them is", layer: .http)
    }
    if wantsAll { return found }
    return last.number == 0 ? [last] : found.filter { $0.number == last.number }
  }
}

/// What takes secrets out of what is shown.
struct SecretMask {
  /// Whether all is kept.
  let isOff: Bool
  static let mark = "***"

  /// The value of a field, or the mark in its place.
  func value(of field: HTTPField) -> String {
    let isSecret = HTTPSecrets.isSecret(field.name) || ASCII.same(field.name, "Set-Cookie")
    return isSecret && !isOff ? Self.mark : field.value
  }

  /// A URL without credentials, and without the values of secret names in its query.
  func url(_ text: String) -> String {
    guard !isOff else { return text }
    return HTTPSecrets.masking(queryOf: (try? URL(text))?.withoutCredentials.text ?? text)
  }
}
