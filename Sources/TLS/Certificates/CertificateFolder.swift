import COpenSSL
import Glibc

/// A folder of certificates: by their hashes, as `openssl rehash` names them and OpenSSL finds them one by one, or by any names.
struct CertificateFolder {
  private let path: String
  private let names: [String]

  /// Lists a folder; nil if it is none that can be read.
  init?(_ path: String) {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while names.count < 10_000, let entry = readdir(folder) {
      names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    self.path = path
    self.names = names.sorted()
  }

  /// Whether a name is eight hexadecimal digits, a point and a number (X509_LOOKUP_hash_dir(3)).
  var isHashed: Bool {
    names.contains { name in
      let parts = name.utf8.split(separator: 0x2e, omittingEmptySubsequences: false)
      return parts.count == 2 && parts[0].count == 8 && parts[0].allSatisfy { isHexadecimal($0) }
        && Int(String(parts[1]) ?? "") != nil
    }
  }

  private func isHexadecimal(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }

  /// Reads the certificates of all files that are named as such; what is none is passed over. The caller frees them.
  func certificates() -> [OpaquePointer] {
    let files = names.filter { name in [".pem", ".crt", ".cer"].contains { name.hasSuffix($0) } }
    return files.flatMap { file in
      (try? PEM.read(path + "/" + file)).map { PEM.certificates(in: $0) } ?? []
    }
  }
}
