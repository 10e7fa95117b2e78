import Clients
import Interpreter
import Net
import System
import Transport
import Wire

/// The library of RFCs as a command was told to use it, with what people should know about the answers said on stderr.
struct RFCAccess {
  let library: RFCLibrary
  let machine: Machine
  private let timeout: TimeSpan?
  private let isOffline: Bool
  private let isRefresh: Bool

  /// The RFC Editor's own folder.
  static let home = "https://www.rfc-editor.org/rfc/"
  /// What is read in parts again and again is checked once a day.
  private static let day = TimeSpan(nanoseconds: 86_400_000_000_000)

  /// Takes what the options say; without `--base` a mirror in `RFC_DIR`, else `NSH_RFC_BASE`, else the RFC Editor.
  init(
    _ machine: Machine, base: URL?, authorities: String?, isInsecure: Bool, timeout: TimeSpan?, isOffline: Bool,
    isRefresh: Bool
  ) throws {
    guard !isOffline || !isRefresh else {
      throw ValueError("bad-argument", "--offline asks nobody, and --refresh asks anew", layer: .command)
    }
    self.machine = machine
    self.timeout = timeout
    self.isOffline = isOffline
    self.isRefresh = isRefresh
    let environment = machine.session.environment
    let root = RFCCache.root { environment[$0] }
    if base == nil, let folder = environment["RFC_DIR"], !folder.isEmpty {
      library = RFCLibrary(folder: try machine.path(folder), cacheRoot: root)
      return
    }
    let named = environment["NSH_RFC_BASE"].flatMap { $0.isEmpty ? nil : $0 }
    let url = try base ?? URL(named ?? Self.home)
    // Nobody vouches for what comes without a look at the certificate, so it is not kept for later.
    library = try RFCLibrary(
      base: url, client: try machine.httpClient(authorities, isInsecure), cacheRoot: isInsecure ? nil : root)
  }

  /// Fetches a document, or checks the copy that is kept.
  func document(_ number: RFCNumber, checking: Bool) throws -> RFCDocument {
    let document = try library.document(number.number, freshness(checking: checking), context())
    note(document.origin, "RFC \(number.number)")
    return document
  }

  private func freshness(checking: Bool) -> RFCLibrary.Freshness {
    isOffline ? .never : isRefresh ? .anew : checking ? .always : .after(Self.day)
  }

  /// Gives a document to be read in parts.
  func text(of number: RFCNumber) throws -> RFCText { RFCText(try document(number, checking: false).text) }

  /// Gives all that is known of RFCs: the index, or the shell's own small table where no index can be had.
  func catalogue() throws -> (catalogue: RFCCatalogue, isWhole: Bool) {
    var context = context()
    context.taps.append(TransferTap("rfc index", .recv, machine))
    defer { machine.show(nil) }
    do {
      let (catalogue, origin) = try library.index(freshness(checking: false), context)
      note(origin, "the index of RFCs")
      return (catalogue, true)
    } catch {
      try machine.checkpoint()
      guard !isRefresh else { throw error }
      guard let table = try? RFCTables.known() else { throw error }
      if !isOffline { say("the small table of the shell answers: \(error.headline)", error) }
      return (table, false)
    }
  }

  /// Gives what is known of one RFC.
  func entry(_ number: RFCNumber) throws -> (entry: RFCEntry, isWhole: Bool, catalogue: RFCCatalogue) {
    let (catalogue, isWhole) = try catalogue()
    guard let entry = catalogue[number.number] else {
      let place = isWhole ? "the index of RFCs" : "the small table that comes with the shell"
      throw ValueError("no-such-rfc", "RFC \(number.number) is not in \(place)", layer: .rfc)
    }
    return (entry, isWhole, catalogue)
  }

  func context() -> NetworkContext { machine.network.context(machine, timeout: timeout, isExchange: true) }

  private func note(_ origin: RFCOrigin, _ what: String) {
    switch origin {
    case .fetched(let error?): say("\(what) is not kept for later: \(error.headline)", error)
    case .unchecked(let since, let error):
      say("\(what) is the copy\(since.map { " of \($0)" } ?? "") in the cache: \(error.headline)", error)
    case .fetched(nil), .confirmed, .kept, .file: break
    }
  }

  /// Says something on stderr, with the root of the error that it comes from.
  private func say(_ text: String, _ error: any LayeredError) {
    let root = error.layers.dropFirst().last.map { " (\($0.message))" } ?? ""
    machine.session.output.note("rfc: \(text)\(root)")
  }
}

/// The tables that come with the shell, share/nsh/data.
enum RFCTables {
  /// The well-known RFCs.
  static func known() throws -> RFCCatalogue { RFCTable.read(try read("rfcs.tsv")) }

  /// Where things that are seen on the wire are written down.
  static func references() throws -> RFCReferences { RFCReferences(try read("rfc-for.tsv")) }

  private static func read(_ name: String) throws -> [UInt8] {
    guard let share = Share.path else {
      throw ValueError(
        "no-share", "the folder share/nsh with the table of RFCs was not found", hint: "set NSH_SHARE to it",
        layer: .command)
    }
    return try FileText.read("\(share)/data/\(name)")
  }
}
