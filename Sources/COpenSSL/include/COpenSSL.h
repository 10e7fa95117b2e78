// OpenSSL 3 for Swift. Its libraries are linked as archives (see Package.swift), since loading them costs a third of the start-up time.
#pragma once
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

// What OpenSSL offers as macros or variadic functions only, each as a function of the macro's name.
static inline int nsh_SSL_set_tlsext_host_name(SSL *ssl, const char *name) {
  return (int)SSL_set_tlsext_host_name(ssl, name);
}
static inline void nsh_SSL_set_msg_callback_arg(SSL *ssl, void *argument) { SSL_set_msg_callback_arg(ssl, argument); }
static inline int nsh_SSL_CTX_set_min_proto_version(SSL_CTX *context, int version) {
  return (int)SSL_CTX_set_min_proto_version(context, version);
}
static inline int nsh_SSL_CTX_set_max_proto_version(SSL_CTX *context, int version) {
  return (int)SSL_CTX_set_max_proto_version(context, version);
}
static inline int nsh_SSL_CTX_set1_groups_list(SSL_CTX *context, const char *groups) {
  return (int)SSL_CTX_set1_groups_list(context, groups);
}
static inline void nsh_SSL_CTX_set_session_cache_mode(SSL_CTX *context, long mode) {
  SSL_CTX_set_session_cache_mode(context, mode);
}
// Keeps every unused buffer of a connection free (SSL_MODE_RELEASE_BUFFERS).
static inline void nsh_SSL_CTX_release_buffers(SSL_CTX *context) { SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS); }
static inline int nsh_SSL_CTX_add1_chain_cert(SSL_CTX *context, X509 *certificate) {
  return (int)SSL_CTX_add1_chain_cert(context, certificate);
}
static inline int nsh_SSL_get_negotiated_group(SSL *ssl) { return (int)SSL_get_negotiated_group(ssl); }
static inline EVP_PKEY *nsh_SSL_get_peer_tmp_key(SSL *ssl) {
  EVP_PKEY *key = NULL;
  return SSL_get_peer_tmp_key(ssl, &key) ? key : NULL;
}
static inline int nsh_SSL_get_peer_signature_nid(SSL *ssl) {
  int digest = NID_undef;
  return SSL_get_peer_signature_nid(ssl, &digest) ? digest : NID_undef;
}
static inline long nsh_BIO_get_mem_data(BIO *bio, char **start) { return BIO_get_mem_data(bio, start); }
static inline int nsh_ERR_get_lib(unsigned long number) { return ERR_GET_LIB(number); }
static inline int nsh_ERR_get_reason(unsigned long number) { return ERR_GET_REASON(number); }
static inline EVP_PKEY *nsh_RSA_gen(unsigned int bits) { return EVP_RSA_gen(bits); }
static inline EVP_PKEY *nsh_EC_gen(const char *curve) { return EVP_EC_gen(curve); }
static inline EVP_PKEY *nsh_ed25519_gen(void) { return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"); }

// X509_NAME_print_ex(3) in the form of RFC 4514, UTF-8 as it is.
static inline int nsh_X509_NAME_print(BIO *output, const X509_NAME *name) {
  return X509_NAME_print_ex(output, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
}

// One name of a SAN extension (RFC 5280 §4.2.1.6): its GEN_… type, and the bytes of a DNS name, e-mail, URI or address; NULL for other types.
static inline const unsigned char *nsh_general_name(const GENERAL_NAMES *names, int index, int *type, int *length) {
  const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
  *type = name->type;
  if (name->type != GEN_DNS && name->type != GEN_EMAIL && name->type != GEN_URI && name->type != GEN_IPADD) return NULL;
  *length = ASN1_STRING_length(name->d.ia5);
  return ASN1_STRING_get0_data(name->d.ia5);
}

// Adds an extension given in the words of x509v3_config(5).
static inline int nsh_X509_add_extension(X509 *certificate, X509 *issuer, int nid, const char *value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
  X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
  int added = extension && X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
  return added;
}
