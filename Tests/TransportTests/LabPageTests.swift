import Servers
import System
import Testing

/// The page share/nsh/doc/lab.md beside the tables that the lab is made of: what one has, the other has.
struct LabPageTests {
  private static let share = ClientTests.sharedFolder

  /// The rows of the tables below a line, up to the next text: what stands between `|`.
  private static func rows(_ page: String, below line: String) -> [[String]] {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let start = lines.firstIndex(where: { $0.hasPrefix(line) }) else { return [] }
    let table = lines[(start + 1)...].drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }.dropFirst(2)
    return table.map { row in
      row.split(separator: "|").map { cell in
        String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
    }
  }

  private func page() throws -> String {
    String(decoding: try FileText.read(Self.share + "/doc/lab.md"), as: UTF8.self)
  }

  @Test func everyPartStandsThere() throws {
    let lab = try Lab.start(folder: Self.share + "/lab") { _, _ in { $0.reply() } }
    defer { lab.stop() }
    let rows = Self.rows(try page(), below: "## The parts")
    #expect(
      rows.map { $0.prefix(3) } == lab.parts.map { ["`\($0.asked)`", "\($0.address)", $0.service.rawValue][...] })
  }

  @Test func everySinStandsThere() throws {
    let page = try page()
    func named(_ line: String) -> Set<String> { Set(Self.rows(page, below: line).map { $0[0] }) }
    func sins(_ services: LabPart.Service...) -> Set<String> {
      Set(services.flatMap { LabSin.all(of: $0) }.map { "`\($0.rawValue)`" })
    }
    let certificates = named("Servers that speak TLS")
    #expect(named("Web servers") == sins(.http))
    #expect(named("Web servers").union(certificates) == sins(.https))
    #expect(named("Name servers") == sins(.dns) && named("Name servers").subtracting(["`lame`"]) == sins(.resolver))
    #expect(named("Servers by TCP") == sins(.ftp, .echo, .daytime))
    #expect(named("Servers by TCP").union(certificates) == sins(.smtp))
    #expect(sins(.https, .dns, .resolver, .smtp, .echo) == Set(LabSin.allCases.map { "`\($0.rawValue)`" }))
  }

  /// The limits that the page names.
  @Test func theLimitsAreThose() throws {
    let page = try page()
    for words in [
      "\(SMTPDialogue.sizeLimit >> 20) MiB", "password `\(SMTPDialogue.password)`", "64 connections", "256 questions",
    ] {
      #expect(page.contains(words), "\(words)")
    }
  }
}
