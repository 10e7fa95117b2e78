import Glibc
import Net
import System
import Wire

extension RFCCache {
  /// A file of a cache as it lies there.
  public struct Entry: Sendable {
    /// The library's URL or path; of a very long one only the beginning.
    public let source: String
    /// The number of the RFC; nil for the index.
    public let number: Int?
    public let path: String
    public let bytes: Int
    /// When the server last said that it is good; nil if that is not known.
    public let checked: Timestamp?
  }

  /// Lists all that is kept below the root, by library and number.
  public static func entries(root: String) throws(SystemCallError) -> [Entry] {
    var found: [Entry] = []
    for folder in try names(in: root) {
      let source =
        (try? PercentEncoding.decode(Array(folder.utf8))).map { String(decoding: $0, as: UTF8.self) } ?? folder
      for name in (try? names(in: "\(root)/\(folder)")) ?? [] {
        guard let number = number(of: name) else { continue }
        let path = "\(root)/\(folder)/\(name)"
        var status = stat()
        guard stat(path, &status) == 0 else { continue }
        let checked = facts(of: path)["checked"].flatMap { Int64($0) }.flatMap { Timestamp(secondsSince1970: $0) }
        found.append(
          Entry(source: source, number: number, path: path, bytes: Int(status.st_size), checked: checked))
      }
    }
    return found.sorted { ($0.source, $0.number ?? 0) < ($1.source, $1.number ?? 0) }
  }

  /// Removes a file of a cache with what is said of it, and its folder if nothing else is in that.
  public static func remove(_ entry: Entry) throws(FileError) {
    guard unlink(entry.path) == 0 || errno == ENOENT else {
      throw FileError("remove \(entry.path)", SystemCallError(call: "unlink", errno: errno))
    }
    unlink(entry.path + ".facts")
    if let slash = entry.path.lastIndex(of: "/") { rmdir(String(entry.path[..<slash])) }
  }

  /// `rfc2324.txt` is 2324, the index nothing; anything else is no file of a cache.
  private static func number(of name: String) -> Int?? {
    if name == RFCLibrary.name { return .some(nil) }
    guard name.hasPrefix("rfc"), name.hasSuffix(".txt"), let number = Int(name.dropFirst(3).dropLast(4)) else {
      return nil
    }
    return number
  }

  /// Gives the names in a folder; none where there is no folder.
  private static func names(in path: String) throws(SystemCallError) -> [String] {
    do throws(SystemCallError) {
      return try OpenFile.open(path).entries(limit: .max).entries.map { String(decoding: $0.name, as: UTF8.self) }
    } catch {
      guard error.errno == ENOENT else { throw error }
      return []
    }
  }
}
