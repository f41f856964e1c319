// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/app_pack.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "linchpin/core/lowercase.h"
#include "linchpin/results/json.h"

namespace linchpin::serve {
namespace {

/// Scripts and pictures of its own, nothing from elsewhere, and no script in the page itself.
/// Charts set their sizes in `style` attributes.
constexpr char const* app_policy =
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: "
    "blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

std::optional<std::string_view> piece(std::string_view bytes, Json const& entry,
                                      char const* offset_name, char const* size_name) {
  auto const number = [&](char const* name) -> std::optional<std::size_t> {
    auto const found = entry.find(name);
    if (found == entry.end() || !found->is_number_unsigned()) return std::nullopt;
    return found->get<std::size_t>();
  };
  auto const offset = number(offset_name), size = number(size_name);
  if (!offset || !size || *offset > bytes.size() || *size > bytes.size() - *offset) {
    return std::nullopt;
  }
  return bytes.substr(*offset, *size);
}

std::string text(Json const& entry, char const* name) {
  auto const found = entry.find(name);
  return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

Error broken() {
  return {ErrorCode::bad_format, "the web application in the program cannot be read", "app.pack",
          "build it again with `./dev web`, then the program"};
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Calls `each` with the parts of a header between commas.
template <class Each>
void for_parts(std::string_view list, Each const& each) {
  while (!list.empty()) {
    auto const comma = std::min(list.find(','), list.size());
    each(trimmed(list.substr(0, comma)));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
}

bool has_it(std::string_view if_none_match, std::string_view etag) {
  bool found = false;
  for_parts(if_none_match, [&](std::string_view each) {
    if (each.starts_with("W/")) each.remove_prefix(2);
    found = found || each == etag || each == "*";
  });
  return found;
}

}  // namespace

bool takes_gzip(std::string_view accept_encoding) {
  bool takes = false;
  for_parts(accept_encoding, [&](std::string_view each) {
    auto const semicolon = std::min(each.find(';'), each.size());
    if (lowercase(std::string{trimmed(each.substr(0, semicolon))}) != "gzip") return;
    auto weight = each.substr(semicolon);
    weight.remove_prefix(std::min<std::size_t>(1, weight.size()));
    weight = trimmed(weight);
    // q=0, q=0.0 …: not at any price.
    takes = !(weight.starts_with("q=0") && weight.find_first_of("123456789") == weight.npos);
  });
  return takes;
}

Result<AppPack> AppPack::read(std::string_view pack) {
  auto const newline = pack.find('\n');
  if (newline == std::string_view::npos) return fail(broken());
  auto const entries = Json::parse(pack.substr(0, newline), nullptr, false);
  auto const bytes = pack.substr(newline + 1);
  AppPack result;
  if (!entries.is_array()) return fail(broken());
  for (auto const& entry : entries) {
    if (!entry.is_object()) return fail(broken());
    auto const raw = piece(bytes, entry, "offset", "size");
    auto const gzipped = piece(bytes, entry, "gzip_offset", "gzip_size");
    File file{text(entry, "type"), text(entry, "etag"), raw.value_or(""), gzipped.value_or("")};
    auto path = text(entry, "path");
    if (!raw || !gzipped || file.type.empty() || file.etag.empty() || !path.starts_with('/')) {
      return fail(broken());
    }
    result.files_.insert_or_assign(std::move(path), std::move(file));
  }
  if (!result.files_.contains("/")) return fail(broken());
  return result;
}

Response AppPack::answer(Request const& request) const {
  auto const found = files_.find(request.path);
  if (found == files_.end()) {
    return error_response(404, {ErrorCode::file_not_found, "the application has no such file",
                                "path", "load the page anew: / names the files it needs"});
  }
  auto const& file = found->second;
  bool const zip = takes_gzip(request.header("accept-encoding"));
  auto const etag = fmt::format("\"{}{}\"", file.etag, zip ? "-gz" : "");
  Response answer;
  answer.headers = {
      {"Content-Security-Policy", app_policy},
      {"ETag", etag},
      {"Vary", "Accept-Encoding"},
      {"Cache-Control", request.path == "/" ? "no-cache" : "private, max-age=31536000, immutable"}};
  if (has_it(request.header("if-none-match"), etag)) {
    answer.status = 304;
    answer.content_type = {};
    return answer;
  }
  answer.content_type = file.type;
  answer.fixed = zip ? file.gzipped : file.bytes;
  if (zip) answer.headers.emplace_back("Content-Encoding", "gzip");
  return answer;
}

}  // namespace linchpin::serve
