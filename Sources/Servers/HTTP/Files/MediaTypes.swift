/// The media types that files are served as, by the endings of their names (IANA's registry, media-types, 2026-01).
public enum MediaTypes {
  /// Gives the type for a file's name: that of its ending, else bytes of no known kind.
  public static func type(of name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return named[name.lowercased()] ?? unknown }
    return endings[name[name.utf8.index(after: dot)...].lowercased()] ?? unknown
  }

  static let unknown = "application/octet-stream"

  /// Files that are texts and have no ending.
  private static let named: [String: String] = [
    "readme": text, "license": text, "copying": text, "makefile": text, "changelog": text, "authors": text,
    "notice": text, "todo": text, "news": text, "install": text, "dockerfile": text,
  ]

  private static let text = "text/plain; charset=utf-8"

  private static let endings: [String: String] = [
    // Texts; what has no charset in it is UTF-8 nowadays.
    "html": "text/html; charset=utf-8", "htm": "text/html; charset=utf-8", "xhtml": "application/xhtml+xml",
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "mjs": "text/javascript; charset=utf-8",
    "txt": text, "text": text, "log": text, "conf": text, "cfg": text, "ini": text, "toml": text, "diff": text,
    "patch": text, "nsh": text, "sh": text, "py": text, "rb": text, "pl": text, "lua": text, "swift": text, "c": text,
    "h": text, "cc": text, "cpp": text, "hpp": text, "go": text, "rs": text, "java": text, "sql": text, "rst": text,
    "csv": "text/csv; charset=utf-8", "tsv": "text/tab-separated-values; charset=utf-8",
    "md": "text/markdown; charset=utf-8", "markdown": "text/markdown; charset=utf-8",
    "ics": "text/calendar; charset=utf-8", "vcf": "text/vcard; charset=utf-8", "vtt": "text/vtt; charset=utf-8",
    "xml": "text/xml; charset=utf-8", "yaml": "application/yaml", "yml": "application/yaml",
    "json": "application/json", "map": "application/json", "geojson": "application/geo+json",
    "jsonld": "application/ld+json", "webmanifest": "application/manifest+json", "ndjson": "application/x-ndjson",
    "atom": "application/atom+xml", "rss": "application/rss+xml", "wasm": "application/wasm",
    // Pictures, sound and films.
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "svg": "image/svg+xml",
    "svgz": "image/svg+xml", "webp": "image/webp", "avif": "image/avif", "heic": "image/heic", "bmp": "image/bmp",
    "ico": "image/vnd.microsoft.icon", "tif": "image/tiff", "tiff": "image/tiff", "jxl": "image/jxl",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg",
    "flac": "audio/flac", "wav": "audio/vnd.wave", "aac": "audio/aac", "mid": "audio/midi", "midi": "audio/midi",
    "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg", "mov": "video/quicktime",
    "mpg": "video/mpeg", "mpeg": "video/mpeg", "mkv": "video/matroska", "avi": "video/vnd.avi", "ts": "video/mp2t",
    // Fonts.
    "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf", "ttc": "font/collection",
    // Documents and archives.
    "pdf": "application/pdf", "ps": "application/postscript", "eps": "application/postscript",
    "rtf": "application/rtf", "epub": "application/epub+zip", "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation", "zip": "application/zip", "gz": "application/gzip",
    "tgz": "application/gzip", "zst": "application/zstd", "bz2": "application/x-bzip2", "xz": "application/x-xz",
    "tar": "application/x-tar", "7z": "application/x-7z-compressed", "jar": "application/java-archive",
    "deb": "application/vnd.debian.binary-package", "rpm": "application/x-rpm", "iso": "application/vnd.efi.iso",
    "pem": "application/x-pem-file", "crt": "application/x-x509-ca-cert", "der": "application/x-x509-ca-cert",
    "pcap": "application/vnd.tcpdump.pcap", "pcapng": "application/vnd.tcpdump.pcap",
  ]
}
