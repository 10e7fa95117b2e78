import TestSupport
import Testing

@testable import Wire

/// The table behind `rfc for`, held against what the decoders know.
@Suite struct RFCReferenceTests {
  private static let shipped = Result {
    RFCReferences(Array(try Tree.read(Tree.root + "/share/nsh/data/rfc-for.tsv").utf8))
  }
  private let table: RFCReferences

  init() throws { table = try Self.shipped.get() }

  @Test func everyRowIsWhole() {
    #expect(table.all.count > 500)
    for row in table.all {
      #expect(RFCReference.kinds.contains(row.kind) && !row.name.isEmpty && !row.note.isEmpty, "\(row)")
      #expect(row.section.isEmpty || row.section.wholeMatch(of: /([1-9]\d*|[A-Z])(\.\d+)*/) != nil, "\(row)")
      #expect(row.rfc != nil || row.section.isEmpty, "\(row)")
      #expect(table.find(row.name).contains(row), "\(row)")
    }
    let keys = table.all.map { [$0.kind, $0.name, $0.place] }
    #expect(Set(keys).count == keys.count)
  }

  @Test func everyStatusOfTheReaderIsThere() {
    for status in 100...599 where !HTTPStatus.reason(status).isEmpty {
      let rows = table.find("\(status)").filter { $0.kind == "status" }
      #expect(rows.contains { $0.note == HTTPStatus.reason(status) }, "\(status)")
      #expect(!table.find(HTTPStatus.reason(status)).isEmpty)
    }
  }

  /// RFC 9110 §15, §16.2.1 and the registry: all classes, in the order of their numbers.
  @Test func theRegisteredStatusCodes() {
    let codes = table.all.filter { $0.kind == "status" }.compactMap { Int($0.name) }
    let registered =
      [100, 101, 102, 103, 104] + [200, 201, 202, 203, 204, 205, 206, 207, 208, 226] + Array(300...308)
      + Array(400...418) + [421, 422, 423, 424, 425, 426, 428, 429, 431, 451] + Array(500...508) + [510, 511]
    #expect(Set(codes) == Set(registered))
  }

  @Test func everyTypeOfTheDecoderIsThere() {
    for (number, name) in RecordType.names {
      #expect(table.find(name).contains { $0.kind == "dns-type" && $0.aliases == ["TYPE\(number)"] }, "\(name)")
    }
  }

  @Test func everyAlertIsThere() {
    for number in 0...255 where !TLSAlert(level: 2, number: number).name.hasPrefix("alert_") {
      let alert = TLSAlert(level: 2, number: number)
      let row = table.find(alert.name).first { $0.kind == "tls-alert" }
      #expect(row.map { alert.meaning.hasSuffix("(\($0.place))") } ?? false, "\(alert.name)")
      #expect(table.find("alert \(number)") == [row].compactMap { $0 })
    }
  }

  /// The names of RFC 9110 §18.4, 9111 §8.1 and 9112 §9.6 in the registry of fields.
  @Test func everyFieldOfHTTPIsThere() {
    let names = """
      Accept Accept-Charset Accept-Encoding Accept-Language Accept-Ranges Allow Authentication-Info Authorization
      Connection Content-Encoding Content-Language Content-Length Content-Location Content-Range Content-Type Date ETag
      Expect From Host If-Match If-Modified-Since If-None-Match If-Range If-Unmodified-Since Last-Modified Location
      Max-Forwards Proxy-Authenticate Proxy-Authentication-Info Proxy-Authorization Range Referer Retry-After Server TE
      Trailer Upgrade User-Agent Vary Via WWW-Authenticate
      """
    func find(_ name: Substring) -> Int? { table.find(String(name)).first { $0.kind == "header" }?.rfc }
    for name in names.split(whereSeparator: \.isWhitespace) { #expect(find(name) == 9110, "\(name)") }
    for name in ["Age", "Cache-Control", "Expires", "Pragma", "Warning"] { #expect(find(name[...]) == 9111, "\(name)") }
    for name in ["Transfer-Encoding", "Close", "MIME-Version"] { #expect(find(name[...]) == 9112, "\(name)") }
  }

  @Test func howItIsAskedFor() {
    #expect(table.find("content-length:").map(\.place) == ["RFC 9110 §8.6"])
    #expect(table.find("handshake failure").map(\.kind) == ["tls-alert", "error"])
    #expect(table.find("I'm a teapot").map(\.place) == ["RFC 2324 §2.3.2"])
    #expect(table.find("type15").map(\.name) == ["MX"] && table.find("https").map(\.kind) == ["dns-type", "port"])
    #expect(table.find("").isEmpty && table.find("-").isEmpty && table.near("content-l").first == "Content-Language")
  }
}
