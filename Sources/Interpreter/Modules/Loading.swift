import Diagnostics
import Glibc
import Net
import Syntax
import System

/// The modules that come in while one text is checked, with the chain of those that are being read, so that cycles are seen.
final class Loading {
  private(set) var loaded: [String: Module] = [:]
  private var chain: [String] = []
  /// The files that are being checked because a text sources them.
  private var sourcing: Set<String> = []
  private let session: Session

  init(_ session: Session) { self.session = session }

  /// Gives the module that a `use` in a source means; nil if there is a finding.
  func module(_ wanted: String, _ span: Span, for compiler: Compiler) -> Module? {
    let (places, name) = candidates(wanted, beside: compiler.source.name)
    if chain.isEmpty, let asking = Loading.realPath(compiler.source.name) { chain.append(asking) }
    guard let path = places.lazy.compactMap({ Loading.realPath($0) }).first else {
      // A path is taken as it is; who left out its ending is told so.
      let whole = places.first { Loading.realPath($0 + ".nsh") != nil }
      compiler.find(
        "unknown-module", "there is no module `\(wanted)`", span,
        hint: whole == nil ? "looked for " + places.joined(separator: ", ") : "did you mean `\(wanted).nsh`?")
      return nil
    }
    guard !name.isEmpty, name.utf8.allSatisfy({ Loading.isNameByte($0) }) else {
      compiler.find(
        "bad-name", "`\(name)` cannot be the first word of commands", span,
        hint: "a module's file is named with letters, digits, `_` and `-`")
      return nil
    }
    guard !chain.contains(path) else {
      let circle = (chain.drop { $0 != path } + [path]).joined(separator: " uses ")
      compiler.find("module-cycle", "modules use each other in a circle: \(circle)", span)
      return nil
    }
    if let known = loaded[path] ?? session.modules[path] { return known }
    do throws(FileError) {
      let source = session.prepare(Source(name: path, bytes: try FileText.read(path)))
      return read(source, Module(name: name, path: path), for: compiler)
    } catch {
      compiler.find("unknown-module", error.message, span, hint: error.layers.last?.message)
      return nil
    }
  }

  /// Gives the files that a name may mean: a path as it is; else beside the file that asks, else among those that come with the shell.
  private func candidates(_ wanted: String, beside file: String) -> (places: [String], name: String) {
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    let name = Loading.name(of: wanted)
    if wanted.contains("/") || wanted.hasSuffix(".nsh") {
      return ([wanted.hasPrefix("/") ? wanted : folder + wanted], name)
    }
    let library = session.libraryFolder().map { [$0 + "/\(name).nsh"] } ?? []
    return ([folder + "\(name).nsh"] + library, name)
  }

  private func read(_ source: Source, _ module: Module, for compiler: Compiler) -> Module? {
    chain.append(module.path)
    defer { chain.removeLast() }
    let parsed = session.parse(source)
    guard parsed.findings.isEmpty else {
      compiler.add(parsed.findings)
      return nil
    }
    let inner = Compiler(source: source, session: session, loading: self, module: module)
    module.code = inner.compileText(parsed.block)
    module.definitions = inner.definitions
    compiler.adopt(inner)
    guard inner.findings.isEmpty else { return nil }
    loaded[module.path] = module
    return module
  }

  // MARK: source

  /// Reads a file that a text sources; nil for one that is not there yet, is no plain file or is being checked already.
  func sourced(_ path: String) -> Source? {
    var facts = stat()
    guard !sourcing.contains(path), stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
      let bytes = try? FileText.read(path)
    else { return nil }
    sourcing.insert(path)
    return session.prepare(Source(name: path, bytes: bytes))
  }

  func endSourced(_ path: String) { sourcing.remove(path) }

  /// Gives the name of the module that a file is: `smtp` of `lib/smtp.nsh`.
  static func name(of file: String) -> String {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    return last.hasSuffix(".nsh") ? String(last.dropLast(4)) : last
  }

  /// Gives the one absolute path of a file that is there, realpath(3).
  private static func realPath(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D: true
    default: byte >= 0x80
    }
  }
}
