// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/fetch/sources_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/table/files/input_file.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

constexpr std::size_t largest_file = std::size_t{4} << 20;
constexpr std::size_t sha256_digits = 64;
constexpr std::uint64_t largest_download = std::uint64_t{1} << 40;
constexpr int first_year = 1900, last_year = 2100;

bool is_plain(char c, bool capitals) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         (capitals && ((c >= 'A' && c <= 'Z') || c == '_'));
}

/// A name that can be part of a path and of nothing else.
bool is_name(std::string_view text, bool capitals) {
  return !text.empty() && text.front() != '.' && text.front() != '-' && text.size() <= 200 &&
         std::all_of(text.begin(), text.end(), [&](char c) { return is_plain(c, capitals); });
}

bool is_sha256(std::string_view text) {
  return text.size() == sha256_digits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

class SourceReader {
 public:
  SourceReader(toml::table const& entry, std::string const& file, ErrorList& errors)
      : entry_(entry), file_(file), errors_(errors) {}

  TableSource read() {
    TableSource source;
    text("name", source.name, true);
    text("title", source.title, true);
    read_status(source);
    bool const open = source.status == TableSource::Status::open;
    text("url", source.url, open);
    text("page", source.page, true);
    text("file", source.file, open);
    text("member", source.member, false);
    text("sha256", source.sha256, false);
    text("format", source.format, false);
    text("licence", source.licence, true);
    text("licence_url", source.licence_url, false);
    text("attribution", source.attribution, true);
    text("note", source.note, !open);
    source.bytes = size("bytes", false);
    source.largest_bytes = size("largest_bytes", open);
    source.year = static_cast<int>(number("year", first_year, last_year, open).value_or(0));
    check(source);
    refuse_unknown_keys();
    return source;
  }

 private:
  [[nodiscard]] std::string where(toml::source_region const& region) const {
    return fmt::format("{}:{}", file_, region.begin.line);
  }
  void problem(ErrorCode code, std::string what, toml::node const* node, std::string hint) {
    errors_.add(code, std::move(what), where(node == nullptr ? entry_.source() : node->source()),
                std::move(hint));
  }
  toml::node const* take(char const* key, bool required) {
    known_.insert(key);
    auto const* node = entry_.get(key);
    if (node == nullptr && required) {
      problem(ErrorCode::missing_value, fmt::format("'{}' is missing", key), nullptr,
              "every source needs it (docs/formats/sources.md)");
    }
    return node;
  }
  void text(char const* key, std::string& value, bool required) {
    auto const* node = take(key, required);
    if (node == nullptr) return;
    auto const given = node->value_exact<std::string>();
    if (given && !(required && given->empty())) {
      value = *given;
    } else {
      problem(ErrorCode::bad_value, fmt::format("'{}' is not a text", key), node,
              "write it between quotes");
    }
  }
  std::optional<std::int64_t> number(char const* key, std::int64_t least, std::int64_t most,
                                     bool required) {
    auto const* node = take(key, required);
    if (node == nullptr) return std::nullopt;
    auto const given = node->value_exact<std::int64_t>();
    if (given && *given >= least && *given <= most) return given;
    problem(ErrorCode::bad_value,
            fmt::format("'{}' is not a whole number from {} to {}", key, least, most), node,
            "correct it");
    return std::nullopt;
  }
  std::uint64_t size(char const* key, bool required) {
    return static_cast<std::uint64_t>(
        number(key, 1, static_cast<std::int64_t>(largest_download), required).value_or(0));
  }
  void read_status(TableSource& source) {
    std::string status = "open";
    text("status", status, false);
    for (auto const each :
         {TableSource::Status::open, TableSource::Status::login, TableSource::Status::manual}) {
      if (status != to_string(each)) continue;
      source.status = each;
      return;
    }
    problem(ErrorCode::bad_value, fmt::format("'{}' is no status", printable(status)),
            entry_.get("status"), "use open, login or manual");
  }
  void check(TableSource const& source) {
    if (!source.name.empty() && !is_name(source.name, false)) {
      problem(ErrorCode::bad_value, fmt::format("'{}' cannot be a name", printable(source.name)),
              entry_.get("name"), "use lower-case letters, digits, '-' and '.'");
    }
    if (!source.file.empty() && !is_name(source.file, true)) {
      problem(ErrorCode::bad_value,
              fmt::format("'{}' cannot be a file name", printable(source.file)), entry_.get("file"),
              "use letters, digits, '-', '_' and '.', and no folder");
    }
    if (!source.sha256.empty() && !is_sha256(source.sha256)) {
      problem(ErrorCode::bad_value, "'sha256' is not 64 lower-case hexadecimal digits",
              entry_.get("sha256"), "take it from the output of sha256sum");
    }
  }
  void refuse_unknown_keys() {
    for (auto const& [key, node] : entry_) {
      std::string const name(key.str());
      if (known_.contains(name)) continue;
      std::vector<std::string> const keys(known_.begin(), known_.end());
      problem(ErrorCode::unknown_key, fmt::format("there is no key '{}'", printable(name)), &node,
              did_you_mean(name, keys, fmt::format("keys are {}", fmt::join(keys, ", "))));
    }
  }

  toml::table const& entry_;
  std::string const& file_;
  ErrorList& errors_;
  std::set<std::string> known_;
};

Result<toml::table> parse(std::string_view text, std::string const& file) {
  try {
    return toml::parse(text, file);
  } catch (toml::parse_error const& error) {
    return fail(ErrorCode::bad_format, std::string{error.description()},
                fmt::format("{}:{}", file, error.source().begin.line),
                "the file must be TOML (https://toml.io)");
  }
}

}  // namespace

std::string_view to_string(TableSource::Status status) noexcept {
  static constexpr std::array<std::string_view, 3> names{"open", "login", "manual"};
  return names[static_cast<std::size_t>(status)];
}

Result<SourceList> parse_sources(std::string_view text, std::string const& file) {
  auto const document = parse(text, file);
  if (!document) return fail(document.error());
  SourceList list;
  ErrorList errors;
  for (auto const& [key, node] : *document) {
    auto const place = fmt::format("{}:{}", file, node.source().begin.line);
    if (key == "loopback_http" && node.is_boolean()) {
      list.loopback_http = node.value_or(false);
    } else if (key == "source" && node.is_array_of_tables()) {
      for (auto const& entry : *node.as_array()) {
        auto source = SourceReader(*entry.as_table(), file, errors).read();
        auto const same = [&](TableSource const& each) { return each.name == source.name; };
        if (!source.name.empty() && std::any_of(list.sources.begin(), list.sources.end(), same)) {
          errors.add(ErrorCode::duplicate_label,
                     fmt::format("two sources are called '{}'", printable(source.name)), place,
                     "rename one");
        }
        list.sources.push_back(std::move(source));
      }
    } else {
      errors.add(ErrorCode::unknown_key,
                 fmt::format("'{}' does not belong here", printable(std::string{key.str()})), place,
                 "a list of sources is made of [[source]] tables");
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return list;
}

Result<SourceList> read_sources(std::filesystem::path const& path) {
  auto file = InputFile::open(path);
  if (!file) return fail(file.error());
  if (file->size() > largest_file) {
    return fail(ErrorCode::too_large, "this is too large for a list of sources", path.string(),
                "name the right file");
  }
  std::string text(static_cast<std::size_t>(file->size()), '\0');
  std::size_t done = 0;
  while (done < text.size()) {
    auto const count = file->read(std::span(text).subspan(done));
    if (!count) return fail(count.error());
    if (*count == 0) break;
    done += *count;
  }
  text.resize(done);
  return parse_sources(text, path.string());
}

Result<TableSource> find_source(SourceList const& list, std::string const& name) {
  std::vector<std::string> names;
  for (auto const& source : list.sources) {
    if (source.name == name) return source;
    names.push_back(source.name);
  }
  return fail(ErrorCode::unknown_label, fmt::format("no source is called '{}'", printable(name)),
              "name",
              did_you_mean(name, names, "`linchpin table fetch` without a name lists them"));
}

}  // namespace linchpin
