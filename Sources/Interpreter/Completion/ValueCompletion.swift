extension Completer {
  /// Adds the values that a parameter can have, by its choices, its name and its type.
  ///
  /// - Parameter before: the words behind the name of the command, those that are plain.
  mutating func addValues(of spec: ParameterSpec, for command: String, behind before: [String?]) {
    guard !spec.isSecret else { return }
    if command == "lab break", spec.name == "sin", let part = before.first ?? nil {
      let sins = world.labSins(part)
      if !sins.isEmpty { return candidates += sins }
    }
    if !spec.choices.isEmpty { return candidates += spec.choices.map { Candidate($0) } }
    if word.hasPrefix("$") { return addVariables() }
    if let percent = word.firstIndex(of: "%") { return addZones(upTo: percent) }
    if looksLikePath || Self.pathNames.contains(spec.name) && spec.type == .string { return addFiles() }
    switch spec.name {
    case "method": return candidates += KnownWords.methods
    case "program": return candidates += world.programs()
    case "interface", "device": return candidates += world.interfaces()
    case "netns", "other-netns": return candidates += world.networks()
    case "service", "port": candidates += world.services()
    case "topic": return addTopics()
    case "connection" where !spec.isConnection: addConnectionNumbers()
    case "number" where command == "rfc" || command.hasPrefix("rfc "): return candidates += world.documents()
    case "code" where command == "why": candidates += world.codes()
    case "part" where command.hasPrefix("lab "): return candidates += world.labParts(command)
    case "term" where command == "rfc for": return candidates += world.references()
    case "type" where command == "dns" || command.hasPrefix("dns "): return candidates += KnownWords.recordTypes
    case "words" where command == "dns" || command.hasPrefix("dns "): return addQuestion()
    // What a command beside `dns` calls so is of DNS too.
    case "record-type", "record-types", "rtype", "qtype": return candidates += KnownWords.recordTypes
    case "name" where command == "env": break
    case "host", "name", "server", "domain": candidates += spec.type == .string ? world.hosts(word) : []
    default: break
    }
    addValues(of: spec.type)
  }

  /// Adds what a question of DNS is made of: names, types of records, and `@` with a server.
  private mutating func addQuestion() {
    guard word.first != "@" else {
      return candidates += world.hosts(String(word.dropFirst())).map { Candidate("@" + $0.text, $0.description) }
    }
    candidates += world.hosts(word) + KnownWords.recordTypes
  }

  private static let pathNames: Set<String> = ["path", "file", "folder", "paths", "files"]

  private mutating func addValues(of type: TypeName) {
    switch type {
    case .endpoint, .host: addEndpoints()
    case .url, .web: addURLs()
    case .address, .ip:
      candidates += world.hosts(word).filter { Literal.isAddress($0.text) }
      addVariables(of: type == .ip ? [.address, .network] : [.address])
    case .network: addVariables(of: [.network])
    case .bool: candidates += [Candidate("true"), Candidate("false")]
    case .duration: addUnits(["ns", "us", "ms", "s", "min", "h", "d"], "a duration")
    case .size: addUnits(["B", "KiB", "MiB", "GiB", "kB", "MB", "GB"], "a size")
    case .connection, .listener, .job, .lab, .resource: addResources(type)
    case .any where !world.resources.isEmpty && word.isEmpty: addVariables()
    case .any, .list, .record, .table, .stream, .bytes, .function: if word.isEmpty { addVariables() }
    default: break
    }
  }

  private mutating func addResources(_ type: TypeName) {
    addVariables(of: type == .resource ? [.connection, .listener, .job, .lab] : [type])
  }

  /// Adds the numbers by which open connections can be named.
  private mutating func addConnectionNumbers() {
    for resource in world.resources where resource.type == .connection {
      guard let identity = resource.fields["id"]?.scalarText else { continue }
      candidates.append(Candidate(identity, Value.resource(resource).outline))
    }
  }

  /// Adds the units to a number that has none yet.
  private mutating func addUnits(_ units: [String], _ what: String) {
    guard !word.isEmpty, word.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return }
    candidates += units.map { Candidate(word + $0, what) }
  }

  /// Adds `host:` for the hosts, and behind the colon the services.
  private mutating func addEndpoints() {
    addVariables(of: [.endpoint])
    if let colon = word.lastIndex(of: ":"), word.first != "[" || word.contains("]:") {
      let host = word[...colon]
      candidates += world.services().map { Candidate(host + $0.text, $0.description) }
    }
    let host = word.first == "[" ? word.dropFirst().prefix { $0 != "]" } : word.prefix { $0 != ":" }
    for host in world.hosts(String(host)) {
      if host.text.utf8.contains(UInt8(ascii: ":")), Literal.isAddress(host.text) {
        candidates.append(Candidate("[\(host.text)]:", host.description, ending: ""))
      } else {
        candidates.append(Candidate(host.text + ":", host.description, ending: ""))
      }
    }
  }

  private mutating func addURLs() {
    addVariables(of: [.url])
    for scheme in ["http://", "https://"] {
      guard word.hasPrefix(scheme) else {
        candidates.append(Candidate(scheme, ending: ""))
        continue
      }
      let host = String(word.dropFirst(scheme.count).prefix { $0 != "/" })
      candidates += world.hosts(host).map { Candidate("\(scheme)\($0.text)/", $0.description, ending: "") }
    }
  }

  /// Adds the interfaces behind the `%` of an address (RFC 4007 §11).
  private mutating func addZones(upTo percent: String.Index) {
    candidates += world.interfaces().map { Candidate(word[...percent] + $0.text, $0.description) }
  }

  private mutating func addTopics() {
    candidates += world.commands.nouns.map { noun in
      Candidate(noun, world.commands[noun]?.sentence ?? "a family of commands")
    }
    candidates += world.functions.map { Candidate($0.name, $0.sentence) } + world.topics()
  }

  // MARK: Files

  var looksLikePath: Bool {
    let bare = word.drop { $0 == "'" || $0 == "\"" }
    return ["/", "./", "../", "~/"].contains { bare.hasPrefix($0) } || bare == "~" || bare == ".."
  }

  /// Adds the entries of the folder that the word names so far; names that no word can spell are quoted.
  mutating func addFiles(where fits: (String) -> Bool = { _ in true }) {
    let quote = word.first.flatMap { $0 == "'" || $0 == "\"" ? String($0) : nil }
    let path = quote == nil ? word : String(word.dropFirst())
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let beginning = path.dropFirst(folder.count)
    for file in world.files(folder) {
      guard file.name.hasPrefix(beginning), !file.name.hasPrefix(".") || beginning.hasPrefix("."),
        file.isFolder || fits(file.name)
      else { continue }
      let whole = folder + file.name + (file.isFolder ? "/" : "")
      guard quote != nil || !whole.utf8.allSatisfy(Self.isPlain) else {
        candidates.append(Candidate(whole, file.isFolder ? "folder" : "", ending: file.isFolder ? "" : " "))
        continue
      }
      // A raw string has no way to write its own quote.
      let mark = quote ?? "'"
      guard !whole.contains(mark), mark == "'" || !whole.contains("\\") && !whole.contains("$") else { continue }
      let quoted = Candidate(mark + whole + (file.isFolder ? "" : mark), "", ending: file.isFolder ? "" : " ")
      if quote == nil { requoted.append(quoted) } else { candidates.append(quoted) }
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "~"): true
    case UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: ":"), UInt8(ascii: "="): true
    default: byte >= 0x80
    }
  }
}

extension Literal {
  fileprivate static func isAddress(_ text: String) -> Bool {
    if case .value(.address) = read(text) { true } else { false }
  }
}
