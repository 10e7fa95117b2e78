import Net

/// A reader of master files (RFC 1035 §5, RFC 2308 §4): records one by one, with $ORIGIN, $TTL, $INCLUDE and BIND's $GENERATE.
public struct MasterFile {
  /// Gives the bytes of a file that $INCLUDE names, or says why it cannot.
  public typealias Include = (String) -> Result<[UInt8], IncludeError>

  /// Why an included file could not be read.
  public struct IncludeError: Error, Sendable {
    let sentence: String
    public init(_ sentence: String) { self.sentence = sentence }
  }

  /// More records than any zone that is served from memory here.
  public static let recordLimit = 10_000_000
  private static let depthLimit = 10

  private var origin: DomainName
  /// What $TTL said.
  private var defaultTTL: UInt32?
  /// The TTL that the last record said itself (RFC 1035 §5.1).
  private var lastTTL: UInt32?
  private var owner: DomainName?
  private var file = ""
  private var depth = 0
  private var count = 0
  private let include: Include

  /// - Parameter origin: what relative names are relative to until $ORIGIN says otherwise.
  public init(
    origin: DomainName, include: @escaping Include = { _ in .failure(IncludeError("no files can be read here")) }
  ) {
    self.origin = origin
    self.include = include
  }

  /// Reads the records of a text, and hands each on.
  public mutating func read(_ bytes: [UInt8], file: String = "", _ take: (ResourceRecord) -> Void) throws(ZoneError) {
    let outer = self.file
    self.file = file
    defer { self.file = outer }
    var scanner = ZoneScanner(bytes, file: file)
    while let entry = try scanner.next() {
      let first = entry.words[0]
      if !entry.isIndented, first.bytes.first == UInt8(ascii: "$"), !first.isQuoted {
        try direct(entry, take)
      } else {
        try hand(try record(entry), entry, take)
      }
    }
  }

  private mutating func hand(_ record: ResourceRecord, _ entry: ZoneEntry, _ take: (ResourceRecord) -> Void)
    throws(ZoneError)
  {
    count += 1
    guard count <= MasterFile.recordLimit else { throw error(.tooMany(limit: MasterFile.recordLimit), entry.words[0]) }
    take(record)
  }

  private func error(_ reason: ZoneError.Reason, _ word: ZoneWord) -> ZoneError {
    ZoneError(reason, file: file, line: word.line, column: word.column)
  }

  private func name(_ word: ZoneWord) throws(ZoneError) -> DomainName {
    do {
      return try DomainName(word.bytes, origin: origin)
    } catch {
      throw self.error(.name(error), word)
    }
  }

  /// entry = owner-or-blank [ttl] [class] type data, ttl and class in either order (RFC 1035 §5.1)
  private mutating func record(_ entry: ZoneEntry) throws(ZoneError) -> ResourceRecord {
    var words = entry.words[...]
    let first = entry.words[0]
    if !entry.isIndented { owner = try name(words.removeFirst()) }
    guard let owner else { throw error(.noOwner, first) }
    var ttl: UInt32?
    var recordClass: RecordClass?
    while let word = words.first {
      if ttl == nil, let found = TimeToLive.parse(word.text) {
        ttl = found
      } else if recordClass == nil, let found = RecordClass(word.text) {
        guard found == .internet else { throw error(.otherClass(word.text), word) }
        recordClass = found
      } else {
        break
      }
      words.removeFirst()
    }
    guard let typeWord = words.popFirst() else { throw error(.noType, first) }
    guard let type = RecordType(typeWord.text) else { throw error(.unknownType(typeWord.text), typeWord) }
    guard !type.isMeta else { throw error(.metaType(type), typeWord) }
    let data: RecordData
    do {
      data = try RecordData(type: type, words: Array(words), origin: origin)
    } catch {
      let place = error.word < words.count ? words[words.startIndex + error.word] : typeWord
      throw self.error(.data(type, error.sentence), place)
    }
    if ttl != nil { lastTTL = ttl }
    let inherited = ttl == nil ? try timeToLive(for: data, typeWord) : 0
    return ResourceRecord(name: owner, ttl: ttl ?? inherited, data: data)
  }

  /// Gives what $TTL said, else the last TTL, else for a first SOA its own minimum.
  private mutating func timeToLive(for data: RecordData, _ word: ZoneWord) throws(ZoneError) -> UInt32 {
    if let ttl = defaultTTL ?? lastTTL { return ttl }
    guard data.type == .soa, case .number(let minimum)? = data[field: "minimum"] else { throw error(.noTTL, word) }
    lastTTL = minimum
    return minimum
  }

  private mutating func direct(_ entry: ZoneEntry, _ take: (ResourceRecord) -> Void) throws(ZoneError) {
    let words = entry.words
    let title = words[0].text.uppercased()
    switch title {
    case "$ORIGIN":
      guard words.count == 2 else { throw error(.directive(title, "wants a name"), words[0]) }
      origin = try name(words[1])
    case "$TTL":
      guard words.count == 2 else { throw error(.directive(title, "wants a time"), words[0]) }
      guard let ttl = TimeToLive.parse(words[1].text) else { throw error(.badTTL(words[1].text), words[1]) }
      defaultTTL = ttl
    case "$INCLUDE": try include(words, take)
    case "$GENERATE": try generate(entry, take)
    default: throw error(.directive(words[0].text, "is no directive"), words[0])
    }
  }

  /// $INCLUDE file-name [domain-name] (RFC 1035 §5.1): the origin and the last name are those of before afterwards.
  private mutating func include(_ words: [ZoneWord], _ take: (ResourceRecord) -> Void) throws(ZoneError) {
    guard (2...3).contains(words.count), let path = PresentationText.unescaped(words[1].bytes) else {
      throw error(.directive("$INCLUDE", "wants a file, and perhaps a name"), words[0])
    }
    guard depth < MasterFile.depthLimit else { throw error(.tooDeep, words[0]) }
    let file = String(decoding: path, as: UTF8.self)
    let (outerOrigin, outerOwner) = (origin, owner)
    if words.count == 3 { origin = try name(words[2]) }
    depth += 1
    defer {
      depth -= 1
      (origin, owner) = (outerOrigin, outerOwner)
    }
    switch include(file) {
    case .failure(let failure): throw error(.included(file, failure.sentence), words[1])
    case .success(let bytes): try read(bytes, file: file, take)
    }
  }

  /// $GENERATE start-stop[/step] owner [ttl] [class] type data, `$` in owner and data being the number.
  private mutating func generate(_ entry: ZoneEntry, _ take: (ResourceRecord) -> Void) throws(ZoneError) {
    let words = entry.words
    guard words.count >= 4, let numbers = Generation.numbers(words[1].text) else {
      throw error(.directive("$GENERATE", "wants START-STOP[/STEP], a name, a type and data"), words[0])
    }
    for number in numbers {
      var made = ZoneEntry(isIndented: false, line: entry.line)
      for word in words.dropFirst(2) {
        guard let bytes = Generation.replaced(word.bytes, number) else {
          throw error(.directive("$GENERATE", "`\(word.text)` has a wrong ${…}"), word)
        }
        made.words.append(ZoneWord(bytes: bytes, isQuoted: word.isQuoted, line: word.line, column: word.column))
      }
      try hand(try record(made), made, take)
    }
  }
}
