import Coding
import Glibc
import Net
import System
import Wire

/// What was fetched from one library, a file each, with what is needed to ask whether it is still good (RFC 9111 §4.3).
///
/// Files are written beside their final names and renamed, so that a reader finds the old or the new and never a half. What is said of a
/// file stands in another beside it, with the file's digest: where the two do not belong together, nothing is claimed.
public struct RFCCache: Sendable {
  /// A file of the cache.
  public struct Copy: Sendable {
    public let bytes: [UInt8]
    public var validators: Validators
    /// When the server last said that it is good; nil if that is not known.
    public let checked: Timestamp?
  }

  /// What a server calls the version it gave (RFC 9110 §8.8).
  public struct Validators: Sendable, Hashable {
    public var etag: String?
    public var lastModified: String?

    public init(etag: String? = nil, lastModified: String? = nil) {
      self.etag = etag
      self.lastModified = lastModified
    }

    /// The fields that ask for something only if it is not this version (RFC 9110 §13.1).
    var conditions: HTTPHeaders {
      var fields: HTTPHeaders = []
      if let etag { fields.append("If-None-Match", etag) }
      if let lastModified { fields.append("If-Modified-Since", lastModified) }
      return fields
    }
  }

  /// The folder of this library.
  public let folder: String

  /// - Parameters:
  ///   - root: the folder of all libraries, such as `~/.cache/nsh/rfc`.
  ///   - source: the URL or path of this one, which gets a folder of its own below it: no library's RFC stands for another's.
  public init(root: String, source: String) {
    folder = root + "/" + Self.name(source)
  }

  /// `$XDG_CACHE_HOME/nsh/rfc`, by default below `~/.cache` (XDG Base Directory Specification); nil without a home folder.
  public static func root(_ variable: (String) -> String?) -> String? {
    // A relative path there is to be ignored, says the specification.
    if let cache = variable("XDG_CACHE_HOME"), cache.hasPrefix("/") { return cache + "/nsh/rfc" }
    guard let home = variable("HOME"), home.hasPrefix("/"), access(home, X_OK) == 0 else { return nil }
    return home + "/.cache/nsh/rfc"
  }

  /// Gives the text as one name of a file: all but letters, digits and `.-` is percent-encoded.
  private static func name(_ source: String) -> String {
    var name: [UInt8] = []
    for byte in (source.hasSuffix("/") ? String(source.dropLast()) : source).utf8 {
      if byte.isLetter || byte.isDigit || byte == 0x2D || byte == 0x2E {
        name.append(byte)
      } else {
        name += "%\(byte.hex)".utf8
      }
    }
    // A name of a file has 255 bytes at most; what is longer is told apart by its digest.
    guard name.count > 200, let digest = digest(name) else { return String(decoding: name.prefix(255), as: UTF8.self) }
    return String(decoding: name.prefix(150), as: UTF8.self) + "-" + digest
  }

  // MARK: Reading

  /// Gives the copy of that name; nil if there is none, or none that can be read.
  public func copy(_ name: String) -> Copy? {
    guard let bytes = try? FileText.read("\(folder)/\(name)"), !bytes.isEmpty else { return nil }
    let facts = Self.facts(of: "\(folder)/\(name)")
    guard facts["sha256"] == Self.digest(bytes) else {
      return Copy(bytes: bytes, validators: Validators(), checked: nil)
    }
    let checked = facts["checked"].flatMap { Int64($0) }.flatMap { Timestamp(secondsSince1970: $0) }
    return Copy(
      bytes: bytes, validators: Validators(etag: facts["etag"], lastModified: facts["last-modified"]), checked: checked)
  }

  /// Gives the lines `name: value` beside a file.
  static func facts(of path: String) -> [String: String] {
    let text = String(decoding: (try? FileText.read(path + ".facts")) ?? [], as: UTF8.self)
    return text.split(separator: "\n").reduce(into: [:]) { facts, line in
      guard let colon = line.firstIndex(of: ":") else { return }
      facts[String(line[..<colon])] = String(line[colon...].dropFirst().drop { $0 == " " })
    }
  }

  // MARK: Writing

  /// Keeps bytes under a name, in the place of an older copy.
  public func keep(_ bytes: [UInt8], as name: String, _ validators: Validators) throws(FileError) {
    let path = "\(folder)/\(name)"
    do throws(SystemCallError) { try NewFolder.makeAll(above: path) } catch { throw FileError("make \(folder)", error) }
    let file = try NewFile(path)
    try file.write(bytes)
    try file.finish()
    try note(validators, of: bytes, as: name)
  }

  /// Notes that the server said just now that a copy is good.
  public func confirm(_ copy: Copy, as name: String) throws(FileError) {
    try note(copy.validators, of: copy.bytes, as: name)
  }

  private func note(_ validators: Validators, of bytes: [UInt8], as name: String) throws(FileError) {
    var text = "checked: \(Timestamp.now().secondsSince1970)\n"
    if let digest = Self.digest(bytes) { text += "sha256: \(digest)\n" }
    // A value that has a line break would forge another line; the reader of HTTP lets none through.
    for (key, value) in [("etag", validators.etag), ("last-modified", validators.lastModified)] {
      guard let value, !value.utf8.contains(ASCII.lf) else { continue }
      text += "\(key): \(value)\n"
    }
    let file = try NewFile("\(folder)/\(name).facts")
    try file.write(Array(text.utf8))
    try file.finish()
  }

  private static func digest(_ bytes: [UInt8]) -> String? {
    do throws(DigestError) {
      let digest = try Digest(.sha256)
      try digest.update(bytes)
      return try digest.finish().hex()
    } catch { return nil }
  }
}
