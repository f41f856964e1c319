// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/results/json.h"
#include "linchpin/serve/message.h"

namespace linchpin::serve {

/// The members of a JSON body, asked for one by one; every problem is kept, so that the client
/// sees all of them at once.
class RequestFields {
 public:
  /// Parses the body: an object, at most 32 levels deep.
  /// \error bad_usage  no JSON, or no object
  [[nodiscard]] static Result<RequestFields> parse(Request const& request);

  /// Required text, not empty.
  [[nodiscard]] std::string text(char const* name);
  /// Text that may be left out.
  [[nodiscard]] std::string text_or(char const* name, std::string fallback);
  /// A whole number that may be left out.
  [[nodiscard]] std::int64_t integer_or(char const* name, std::int64_t fallback, std::int64_t least,
                                        std::int64_t most);
  /// The same without a fallback.
  [[nodiscard]] std::optional<std::int64_t> integer(char const* name, std::int64_t least,
                                                    std::int64_t most);
  /// A number that may be left out.
  [[nodiscard]] std::optional<double> number(char const* name, double least, double most);
  [[nodiscard]] double number_or(char const* name, double fallback, double least, double most);
  /// true or false; false if it is left out.
  [[nodiscard]] bool flag(char const* name);
  /// One of `choices`, or `fallback` if it is left out.
  [[nodiscard]] std::string choice(char const* name, std::vector<std::string> const& choices,
                                   std::string fallback);
  /// A list of texts that may be left out; each once.
  [[nodiscard]] std::vector<std::string> texts(char const* name, std::size_t most = 1000);
  /// A list of numbers that may be left out.
  [[nodiscard]] std::vector<double> numbers(char const* name, double least, double largest,
                                            std::size_t most);

  /// Members that nobody asked for are problems too. All problems as one Error.
  [[nodiscard]] Result<void> finish();
  [[nodiscard]] ErrorList& errors() noexcept { return errors_; }
  /// All that was asked for, with what stands in for members left out: equal requests are equal
  /// here, however they were written.
  [[nodiscard]] nlohmann::json const& taken() const noexcept { return taken_; }

 private:
  explicit RequestFields(nlohmann::json document) : document_(std::move(document)) {}
  [[nodiscard]] nlohmann::json const* take(char const* name);

  nlohmann::json document_;
  nlohmann::json taken_ = nlohmann::json::object();
  std::vector<std::string> asked_;
  ErrorList errors_;
};

/// The number of a run in a path or query: digits, at least 1, at most 15 of them.
[[nodiscard]] std::optional<std::int64_t> parse_run_id(std::string_view text) noexcept;

/// True if `text` can name a world or a table of results: letters, digits, `_`, `-` and single
/// dots, at most 80 of them, no dot first. Such a text is never a path.
[[nodiscard]] bool is_plain_name(std::string_view text) noexcept;

/// The parts of a path between slashes; empty if it is longer than any of ours.
[[nodiscard]] std::vector<std::string_view> path_parts(std::string_view path);

}  // namespace linchpin::serve
