// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/request_fields.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/table/label_text.h"

namespace linchpin::serve {
namespace {

constexpr int deepest = 32;

/// A parser that calls itself for every bracket would fall to a body of brackets.
bool too_deep(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t k = 0; k < text.size(); ++k) {
    char const c = text[k];
    if (quoted) {
      if (c == '\\') ++k;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[' || c == '{') {
      if (++depth > deepest) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

bool is_word(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

}  // namespace

Result<RequestFields> RequestFields::parse(Request const& request) {
  auto const type = request.header("content-type");
  if (type.substr(0, type.find(';')) != "application/json") {
    return fail(ErrorCode::bad_usage, "the body is not said to be JSON", "Content-Type",
                "send `Content-Type: application/json`");
  }
  if (too_deep(request.body)) {
    return fail(ErrorCode::bad_usage, fmt::format("more than {} brackets in each other", deepest),
                "request body", "send what api/openapi.yaml describes");
  }
  auto document = nlohmann::json::parse(request.body, nullptr, false);
  if (document.is_discarded()) {
    return fail(ErrorCode::bad_usage, "this is not JSON", "request body",
                "send one JSON object in UTF-8");
  }
  if (!document.is_object()) {
    return fail(ErrorCode::bad_usage, "this is no JSON object", "request body",
                "send one JSON object, {\"world\": …}");
  }
  return RequestFields{std::move(document)};
}

nlohmann::json const* RequestFields::take(char const* name) {
  asked_.emplace_back(name);
  auto const found = document_.find(name);
  return found == document_.end() || found->is_null() ? nullptr : &*found;
}

std::string RequestFields::text(char const* name) {
  auto result = text_or(name, {});
  if (result.empty() &&
      (!document_.contains(name) || document_[name].is_string() || document_[name].is_null())) {
    errors_.add(ErrorCode::missing_value, fmt::format("'{}' is missing", name), name,
                "add it to the request");
  }
  return result;
}

std::string RequestFields::text_or(char const* name, std::string fallback) {
  auto const* value = take(name);
  if (value != nullptr && !value->is_string()) {
    errors_.add(ErrorCode::bad_value, fmt::format("'{}' is not a text", name), name,
                "put it in quotes");
  } else if (value != nullptr) {
    fallback = value->get<std::string>();
  }
  taken_[name] = fallback;
  return fallback;
}

std::optional<std::int64_t> RequestFields::integer(char const* name, std::int64_t least,
                                                   std::int64_t most) {
  auto const* value = take(name);
  if (value == nullptr) return std::nullopt;
  bool const small = value->is_number_integer() &&
                     (!value->is_number_unsigned() ||
                      value->get<std::uint64_t>() <= static_cast<std::uint64_t>(most));
  if (small && value->get<std::int64_t>() >= least && value->get<std::int64_t>() <= most) {
    taken_[name] = value->get<std::int64_t>();
    return value->get<std::int64_t>();
  }
  errors_.add(ErrorCode::bad_value,
              fmt::format("'{}' is not a whole number from {} to {}", name, least, most), name,
              "correct it, or leave it out");
  return std::nullopt;
}

std::int64_t RequestFields::integer_or(char const* name, std::int64_t fallback, std::int64_t least,
                                       std::int64_t most) {
  auto const value = integer(name, least, most).value_or(fallback);
  taken_[name] = value;
  return value;
}

std::optional<double> RequestFields::number(char const* name, double least, double most) {
  auto const* value = take(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_number() && value->get<double>() >= least && value->get<double>() <= most) {
    taken_[name] = value->get<double>();
    return value->get<double>();
  }
  errors_.add(ErrorCode::bad_value,
              fmt::format("'{}' is not a number from {} to {}", name, least, most), name,
              "correct it, or leave it out");
  return std::nullopt;
}

double RequestFields::number_or(char const* name, double fallback, double least, double most) {
  auto const value = number(name, least, most).value_or(fallback);
  taken_[name] = value;
  return value;
}

bool RequestFields::flag(char const* name) {
  auto const* value = take(name);
  if (value != nullptr && !value->is_boolean()) {
    errors_.add(ErrorCode::bad_value, fmt::format("'{}' is neither true nor false", name), name,
                "write true or false, without quotes");
  }
  bool const result = value != nullptr && value->is_boolean() && value->get<bool>();
  taken_[name] = result;
  return result;
}

std::string RequestFields::choice(char const* name, std::vector<std::string> const& choices,
                                  std::string fallback) {
  auto result = text_or(name, fallback);
  bool const known = std::find(choices.begin(), choices.end(), result) != choices.end();
  if (known || result == fallback) return result;
  errors_.add(ErrorCode::bad_value,
              fmt::format("'{}' is none of {}", name, fmt::join(choices, ", ")), name,
              did_you_mean(result, choices, "take one of them"));
  return fallback;
}

std::vector<std::string> RequestFields::texts(char const* name, std::size_t most) {
  std::vector<std::string> result;
  auto const* value = take(name);
  taken_[name] = nlohmann::json::array();
  if (value == nullptr) return result;
  bool const fits =
      value->is_array() && value->size() <= most &&
      std::all_of(value->begin(), value->end(), [](auto const& each) { return each.is_string(); });
  if (!fits) {
    errors_.add(ErrorCode::bad_value,
                fmt::format("'{}' is not a list of at most {} texts", name, most), name,
                "write [\"CHN\", \"USA\"]");
    return result;
  }
  for (auto const& each : *value) {
    auto one = each.get<std::string>();
    if (std::find(result.begin(), result.end(), one) != result.end()) {
      errors_.add(ErrorCode::duplicate_label, fmt::format("'{}' is named twice", printable(one)),
                  name, "name each once");
    } else {
      result.push_back(std::move(one));
    }
  }
  taken_[name] = result;
  return result;
}

std::vector<double> RequestFields::numbers(char const* name, double least, double largest,
                                           std::size_t most) {
  std::vector<double> result;
  auto const* value = take(name);
  taken_[name] = nlohmann::json::array();
  if (value == nullptr) return result;
  bool const fits = value->is_array() && value->size() <= most &&
                    std::all_of(value->begin(), value->end(), [&](auto const& each) {
                      return each.is_number() && each.template get<double>() >= least &&
                             each.template get<double>() <= largest;
                    });
  if (!fits) {
    errors_.add(ErrorCode::bad_value,
                fmt::format("'{}' is not a list of at most {} numbers between {:g} and {:g}", name,
                            most, least, largest),
                name, "write [0.1, 1]");
    return result;
  }
  result = value->get<std::vector<double>>();
  taken_[name] = result;
  return result;
}

Result<void> RequestFields::finish() {
  for (auto const& [name, value] : document_.items()) {
    if (std::find(asked_.begin(), asked_.end(), name) != asked_.end()) continue;
    errors_.add(ErrorCode::unknown_key, fmt::format("there is no member '{}'", name), name,
                did_you_mean(name, asked_, "leave it out"));
  }
  if (!errors_.empty()) return fail(errors_.joined());
  return {};
}

std::optional<std::int64_t> parse_run_id(std::string_view text) noexcept {
  if (text.empty() || text.size() > 15) return std::nullopt;
  bool const digits =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || text.front() == '0') return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool is_plain_name(std::string_view text) noexcept {
  if (text.empty() || text.size() > 80 || text.front() == '.' || text.back() == '.') return false;
  if (text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return is_word(c) || c == '.'; });
}

std::vector<std::string_view> path_parts(std::string_view path) {
  constexpr std::size_t most = 8;
  std::vector<std::string_view> parts;
  if (!path.starts_with('/')) return parts;
  std::size_t start = 1;
  while (start <= path.size()) {
    auto const stop = std::min(path.find('/', start), path.size());
    parts.push_back(path.substr(start, stop - start));
    if (parts.size() > most) return {};
    start = stop + 1;
  }
  return parts;
}

}  // namespace linchpin::serve
