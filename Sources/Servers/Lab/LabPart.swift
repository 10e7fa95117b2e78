import Net
import System

/// One name and port of the lab: what serves it, and where that really is.
public struct LabPart: Sendable {
  public enum Service: String, Sendable {
    case http, https, dns, resolver, smtp, ftp, echo, daytime
  }

  /// The name, without its port.
  public let name: String
  public let port: UInt16
  public let service: Service
  public let address: Address
  /// Which zones, or what on the web.
  let serves: String
  /// What it is, in a few words.
  public let what: String
  /// Who does the same in the real internet, nil for nobody.
  public let live: String?
  /// Where it really listens.
  public internal(set) var local: Endpoint

  /// What is asked for.
  public var asked: Endpoint { Endpoint(host: .name(name), port: port) }

  /// Reads a table such as `share/nsh/lab/names.tsv`; lines that are none are left out.
  public static func table(_ text: [UInt8]) -> [LabPart] {
    text.split(separator: ASCII.lf).compactMap { line in
      guard line.first != UInt8(ascii: "#") else { return nil }
      let cells = String(decoding: line, as: UTF8.self).split(separator: "\t", omittingEmptySubsequences: false)
        .map(String.init)
      guard cells.count == 7, let port = UInt16(cells[1]), let service = Service(rawValue: cells[2]),
        let address = Address(cells[3])
      else { return nil }
      return LabPart(
        name: cells[0], port: port, service: service, address: address, serves: cells[4], what: cells[5],
        live: cells[6] == "-" ? nil : cells[6], local: Endpoint(address: address, port: 0))
    }
  }
}
