import Coding
import Glibc
import Net
import System
import Transport
import Wire

extension RFCLibrary {
  /// The index in short, as it is kept: a table whose columns this version knows.
  static let name = "rfc-index-1.tsv"
  private static let file = "rfc-index.xml"

  /// Gives the index: fetched and read while it comes, or the copy in short that is still good.
  ///
  /// Errors: `no-rfc-index`, `bad-rfc-index`, and those of `document`.
  public func index(
    _ freshness: Freshness, _ context: NetworkContext
  ) throws(RFCLibraryError) -> (catalogue: RFCCatalogue, origin: RFCOrigin) {
    guard case .web(let base) = source else { return try readIndex() }
    // The RFC Editor has it beside the folder of the documents, mirrors mostly in it.
    let places = [
      try resolve(Self.file, against: base, .index), try resolve("../\(Self.file)", against: base, .index),
    ]
    let fetch = RFCFetch(library: self, subject: .index, context: context)
    let result = try fetch.current(Self.name, at: places, freshness) { (response) throws(RFCLibraryError) in
      let reader = try Self.reading { () throws(XMLError) in try RFCIndexReader() }
      try response.forEachPiece { (piece) throws(RFCLibraryError) in
        try Self.reading { () throws(XMLError) in try reader.receive(piece) }
      }
      return try Self.table(try Self.reading { () throws(XMLError) in try reader.finish() })
    }
    return (RFCTable.read(result.bytes), result.origin)
  }

  private static func reading<Result>(_ body: () throws(XMLError) -> Result) throws(RFCLibraryError) -> Result {
    do throws(XMLError) { return try body() } catch { throw RFCLibraryError(.index, .badIndex(error)) }
  }

  private static func table(_ catalogue: RFCCatalogue) throws(RFCLibraryError) -> [UInt8] {
    guard !catalogue.entries.isEmpty else { throw RFCLibraryError(.index, .emptyIndex) }
    return RFCTable.write(catalogue)
  }

  // MARK: A mirror on this machine

  /// Reads the mirror's index, in short from the cache if it has not changed since.
  private func readIndex() throws(RFCLibraryError) -> (catalogue: RFCCatalogue, origin: RFCOrigin) {
    guard case .folder(let folder) = source else { throw RFCLibraryError(.index, .missing(at: Self.file)) }
    let path = "\(folder)/\(Self.file)"
    var status = stat()
    guard stat(path, &status) == 0 else {
      let failure = SystemCallError(call: "stat", errno: errno)
      throw RFCLibraryError(
        .index, failure.errno == ENOENT ? .missing(at: path) : .file(FileError("read \(path)", failure)))
    }
    let version = "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)-\(status.st_size)-\(status.st_ino)"
    if let copy = cache?.copy(Self.name), copy.validators.etag == version {
      return (RFCTable.read(copy.bytes), .file(path))
    }
    let text: [UInt8]
    do throws(FileError) { text = try FileText.read(path) } catch { throw RFCLibraryError(.index, .file(error)) }
    let catalogue = try Self.reading { () throws(XMLError) in
      let reader = try RFCIndexReader()
      try reader.receive(text)
      return try reader.finish()
    }
    try? cache?.keep(try Self.table(catalogue), as: Self.name, RFCCache.Validators(etag: version))
    return (catalogue, .file(path))
  }
}
