import Glibc
import Net
import System
import Wire

/// A web site of the files of a folder: what a path names below it, and a page about each folder that has no `index.html`.
public struct FileSite: Sendable {
  private let root: RootFolder
  private let showsHidden: Bool
  private static let methods = ["GET", "HEAD", "OPTIONS"]
  /// Methods that are known and have no place here; others are 501 (RFC 9110 §9.1).
  private static let otherMethods = ["POST", "PUT", "PATCH", "DELETE", "TRACE"]

  /// Opens the folder. Nothing outside of it can be asked for, whatever links are in it.
  ///
  /// - Parameter showsHidden: whether names with a dot at their beginning exist for others; `.well-known` always does (RFC 8615).
  public init(_ path: String, showsHidden: Bool = false) throws(SystemCallError) {
    root = try RootFolder(path)
    self.showsHidden = showsHidden
  }

  /// Gives the answer to a request; that takes long for the listing of a large folder.
  public func answer(_ request: ServedRequest) -> ServedResponse { answer(request, lists: true) ?? .status(500) }

  /// Gives the answer to a request; nil where a folder must be listed for it.
  public func answerAtOnce(_ request: ServedRequest) -> ServedResponse? { answer(request, lists: false) }

  private func answer(_ request: ServedRequest, lists: Bool) -> ServedResponse? {
    let head = request.head
    guard FileSite.methods.contains(head.method) else {
      return FileSite.otherMethods.contains(head.method) ? .status(405, allow: FileSite.methods) : .status(501)
    }
    let target = request.target
    guard head.method != "OPTIONS" else {
      let allow: HTTPHeaders = [HTTPField("Allow", FileSite.methods.joined(separator: ", "))]
      return ServedResponse(HTTPResponseHead(status: 204, headers: allow))
    }
    let segments: [ArraySlice<UInt8>]
    do throws(RequestTarget.PathFault) {
      segments = try target.segments()
    } catch {
      return .status(error == .malformed ? 400 : 403)
    }
    guard segments.allSatisfy(isShown) else { return .status(404) }
    do throws(SystemCallError) {
      let file = try root.open(segments)
      return file.kind == .folder
        ? try answer(for: file, segments, target, head, lists: lists) : answer(with: file, segments, target, head)
    } catch {
      return .status(FileSite.status(for: error))
    }
  }

  private func isShown(_ name: ArraySlice<UInt8>) -> Bool {
    showsHidden || name.first != 0x2e || name.elementsEqual(".well-known".utf8)
  }

  private func answer(
    with file: OpenFile, _ segments: [ArraySlice<UInt8>], _ target: RequestTarget, _ head: HTTPRequestHead
  ) -> ServedResponse {
    // A file has nothing below it.
    guard !target.isFolder else { return .status(404) }
    let name = segments.last.map { String(decoding: $0, as: UTF8.self) } ?? ""
    return FileAnswer(file, type: MediaTypes.type(of: name), to: head).response()
  }

  private func answer(
    for folder: OpenFile, _ segments: [ArraySlice<UInt8>], _ target: RequestTarget, _ head: HTTPRequestHead,
    lists: Bool
  ) throws(SystemCallError) -> ServedResponse? {
    guard target.isFolder else {
      // Made of the names, so that `//elsewhere` cannot be taken for another host.
      let path = segments.map { "/" + PercentEncoding.encode(Array($0)) }.joined() + "/"
      return .redirect(to: path + (target.query.map { "?" + $0 } ?? ""))
    }
    if let index = try? root.open(segments + [Array("index.html".utf8)[...]]), index.kind == .regular {
      return FileAnswer(index, type: MediaTypes.type(of: "index.html"), to: head).response()
    }
    guard lists else { return nil }
    let (found, hasMore) = try folder.entries(limit: FolderListing.limit)
    let entries = found.compactMap { entry -> FolderListing.Entry? in
      guard isShown(entry.name[...]) else { return nil }
      guard entry.isLink else {
        guard entry.kind != .other else { return nil }
        return FolderListing.Entry(entry.name, entry.kind == .folder, entry.size, entry.modified)
      }
      // A link is shown as what it leads to, if that may be asked for.
      guard let file = try? root.open(segments + [entry.name[...]]) else { return nil }
      return FolderListing.Entry(entry.name, file.kind == .folder, file.size, file.modified)
    }
    return FolderListing(segments.map { Array($0) }, entries, hasMore: hasMore).response(to: head)
  }

  /// EXDEV is a path that leads out, ENXIO a pipe or a device.
  private static func status(for error: SystemCallError) -> Int {
    switch error.errno {
    case ENOENT, ENOTDIR, ENAMETOOLONG, EINVAL: 404
    case EACCES, EPERM, EXDEV, ELOOP, ENXIO: 403
    case EMFILE, ENFILE, ENOMEM: 503
    default: 500
    }
  }
}
