import Interpreter
import Net
import System
import Wire

/// Where zones to serve come from: files in the master format, or records in the language.
enum ZoneSources {
  /// Reads a zone. Its origin is what is said, else the name of its SOA, else for a file the file's name without `.zone`.
  static func zone(_ value: Value, origin: String?, _ machine: Machine) throws -> Zone {
    if case .list = value {
      return try zone(of: value, origin: try origin.map { try DomainName($0) })
    }
    let path = try machine.path(try TypeName.string.convert(value).scalarText ?? "")
    let guessed = try origin.map { try DomainName($0) } ?? guess(path)
    var records: [ResourceRecord] = []
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    var file = MasterFile(origin: guessed) { name in
      do throws(FileError) {
        return .success(try FileText.read(name.hasPrefix("/") ? name : folder + name))
      } catch {
        return .failure(MasterFile.IncludeError(error.cause?.message ?? error.message))
      }
    }
    try file.read(try FileText.read(path), file: path) { records.append($0) }
    let apex = records.first { $0.type == .soa }?.name
    return try Zone(origin: apex ?? guessed, records: records)
  }

  private static func guess(_ path: String) throws -> DomainName {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".zone", ".db"] where name.hasSuffix(ending) { name = String(name.dropLast(ending.count)) }
    return (try? DomainName(name)) ?? .root
  }

  /// Makes a zone of records in the language; an SOA and an NS that are missing are made up, so that a lesson needs neither.
  private static func zone(of value: Value, origin: DomainName?) throws -> Zone {
    var records = try DNSRecordValues.records(value, origin: origin ?? .root)
    let apex = records.first { $0.type == .soa }?.name
    guard let origin = origin ?? apex else {
      throw ValueError(
        "missing-argument", "records without an SOA do not say which zone they are", hint: "`--origin example.test`",
        layer: .command)
    }
    if apex == nil {
      let text = "localhost. nobody.invalid. 1 3600 600 86400 60"
      let words = try ZoneWords.line(Array(text.utf8))
      if let data = try? RecordData(type: .soa, words: words) {
        records.insert(ResourceRecord(name: origin, ttl: 3600, data: data), at: 0)
      }
    }
    if !records.contains(where: { $0.type == .ns && $0.name == origin }),
      let data = try? RecordData(type: .ns, words: try ZoneWords.line(Array("localhost.".utf8)))
    {
      records.append(ResourceRecord(name: origin, ttl: 3600, data: data))
      // In the root zone that server's name lies within, and so needs an address.
      if origin.isRoot, let target = data.target {
        records.append(ResourceRecord(name: target, ttl: 3600, data: .address(Address(v4: 0x7F00_0001))))
      }
    }
    return try Zone(origin: origin, records: records)
  }
}
