import TestSupport
import Testing
import Wire

/// The three places that know HTTP's registries say the same: the phrases of the program, what a message is explained by, and where
/// `rfc for` sends its readers.
struct HTTPRegistryTests {
  @Test func everyStatusHasItsPhrase() throws {
    let known = try Tree.rows(ofData: "rfc-for.tsv").filter { $0[0] == "status" }
    #expect(known.count >= 62)
    for row in known {
      let status = try #require(Int(row[1]))
      // IANA has 306 and 418 as unused, without a phrase, and 104 for a time only.
      let phrase = [104, 306, 418].contains(status) ? "" : row[2]
      #expect(HTTPStatus.reason(status) == phrase, "\(status)")
    }
    let numbers = Set(known.map { $0[1] })
    for status in 100..<600 where !HTTPStatus.reason(status).isEmpty {
      #expect(numbers.contains("\(status)"), "\(status)")
    }
  }

  @Test func theTablesNameTheSameSections() throws {
    var places: [String: String] = [:]
    for row in try Tree.rows(ofData: "rfc-for.tsv") where row.count >= 5 && !row[3].isEmpty {
      let kind = row[0] == "header" ? "field" : row[0]
      places["\(kind) \(row[1].lowercased())"] = "RFC \(row[3])" + (row[4].isEmpty ? "" : " §\(row[4])")
    }
    var compared = 0
    // Of 418 people want to read the RFC of the pot, though RFC 9110 reserves it.
    for row in try Tree.rows(ofData: "http.tsv") where row[2].hasPrefix("RFC") && row[1] != "418" {
      guard let place = places["\(row[0]) \(row[1].lowercased())"] else {
        #expect(row[0] != "status", "\(row[1])")
        continue
      }
      #expect(row[2] == place, "\(row[0]) \(row[1])")
      compared += 1
    }
    #expect(compared > 150)
  }
}
