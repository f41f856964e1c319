// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/sha256.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <memory>
#include <vector>

#include "linchpin/table/files/input_file.h"

namespace linchpin {
namespace {

constexpr std::size_t chunk_size = std::size_t{1} << 18;

tl::unexpected<Error> openssl_failed(std::string const& where) {
  return fail(ErrorCode::internal, "OpenSSL cannot compute SHA-256", where,
              "check the OpenSSL installation");
}

/// A running SHA-256; each step says whether OpenSSL could take it.
class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    ready_ = context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1;
  }
  [[nodiscard]] bool add(std::string_view bytes) {
    return ready_ && EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1;
  }
  [[nodiscard]] Result<std::string> finish(std::string const& where) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    if (!ready_ || EVP_DigestFinal_ex(context_.get(), digest.data(), &length) != 1) {
      return openssl_failed(where);
    }
    std::string text;
    for (unsigned k = 0; k < length; ++k) text += fmt::format("{:02x}", digest[k]);
    return text;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
  bool ready_ = false;
};

}  // namespace

Result<std::string> sha256_of_file(std::filesystem::path const& path) {
  auto file = InputFile::open(path);
  if (!file) return fail(file.error());
  Digest digest;
  std::vector<char> buffer(chunk_size);
  for (;;) {
    auto const count = file->read(buffer);
    if (!count) return fail(count.error());
    if (*count == 0) break;
    if (!digest.add({buffer.data(), *count})) return openssl_failed(file->name());
  }
  return digest.finish(file->name());
}

Result<std::string> sha256_of_bytes(std::string_view bytes) {
  Digest digest;
  if (!digest.add(bytes)) return openssl_failed("bytes in memory");
  return digest.finish("bytes in memory");
}

}  // namespace linchpin
