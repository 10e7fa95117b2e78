import Interpreter
import Net
import System

/// The names of routing tables: the three of the kernel and those of iproute2's file rt_tables.
struct RoutingTableNames {
  private var names: [UInt32: String] = [253: "default", 254: "main", 255: "local"]

  /// Reads the file where it is, in the place of today or of older versions: a number and a name a line, `#` begins a remark.
  init() {
    for path in ["/usr/share/iproute2/rt_tables", "/usr/lib/iproute2/rt_tables", "/etc/iproute2/rt_tables"] {
      guard let bytes = try? FileText.read(path) else { continue }
      for line in bytes.split(separator: 0x0a) {
        let words = String(decoding: line.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
          .split { $0 == " " || $0 == "\t" }
        guard words.count >= 2, let number = UInt32(words[0]), number > 0 else { continue }
        names[number] = String(words[1])
      }
    }
  }

  /// The name, or the number of a table that has none.
  subscript(number: UInt32) -> String { names[number] ?? "\(number)" }

  /// Gives the number of a table by its name or number.
  func number(of text: String) throws -> UInt32 {
    if let number = UInt32(text) { return number }
    guard let number = names.first(where: { bytesEqual($0.value, text) })?.key else {
      let known = names.values.sorted().joined(separator: ", ")
      throw ValueError(
        "no-table", "no routing table is named \(text)", hint: "there are \(known), and any number", layer: .command)
    }
    return number
  }
}
