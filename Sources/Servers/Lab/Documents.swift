import System
import Glibc
import Net
import Transport

/// The text documents of a folder, read once: a file's name to its bytes. Nothing outside the folder can be asked for.
public struct Documents: Sendable {
  public let byName: [String: [UInt8]]

  static let maximumBytes = 16 << 20

  public init(byName: [String: [UInt8]]) { self.byName = byName }

  /// Reads the files of a folder whose names end in `.txt`, each up to 16 MiB.
  public init(folder path: String) throws(DocumentsError) {
    guard let folder = opendir(path) else { throw DocumentsError(path, "opendir") }
    defer { closedir(folder) }
    var byName: [String: [UInt8]] = [:]
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasSuffix(".txt"), !name.hasPrefix(".") else { continue }
      byName[name] = try Documents.read("\(path)/\(name)")
    }
    self.byName = byName
  }

  private static func read(_ path: String) throws(DocumentsError) -> [UInt8] {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw DocumentsError(path, "open") }
    let file = Descriptor(owning: number)
    var all: [UInt8] = []
    do throws(SystemCallError) {
      while all.count < maximumBytes {
        let piece = try file.use("read") { number throws(SystemCallError) in
          try readPiece(of: number)
        }
        guard !piece.isEmpty else { break }
        all += piece
      }
    } catch {
      throw DocumentsError(path: path, error: error)
    }
    return all
  }

  private static func readPiece(of number: Int32) throws(SystemCallError) -> [UInt8] {
    var room = [UInt8](repeating: 0, count: 65_536)
    let count = try systemCall("read") { Glibc.read(number, &room, room.count) }
    return Array(room.prefix(count))
  }
}

/// A folder of documents that could not be read.
public struct DocumentsError: LayeredError {
  let path: String
  let error: SystemCallError

  init(path: String, error: SystemCallError) {
    self.path = path
    self.error = error
  }

  /// Takes the errno that `call` has just left.
  init(_ path: String, _ call: String) { self.init(path: path, error: SystemCallError(call: call, errno: errno)) }

  public var layer: Layer { .file }
  public var code: String { error.code }
  public var message: String { "read the documents in \(path)" }
  public var headline: String { "cannot \(message)" }
  public var cause: (any LayeredError)? { error }
}
