// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/message.h"

#include <algorithm>

#include "linchpin/results/json.h"

namespace linchpin::serve {
namespace {

std::string first_of(std::vector<std::pair<std::string, std::string>> const& list,
                     std::string_view name) {
  auto const found =
      std::find_if(list.begin(), list.end(), [&](auto const& each) { return each.first == name; });
  return found == list.end() ? std::string{} : found->second;
}

}  // namespace

std::string Request::header(std::string_view name) const { return first_of(headers, name); }

std::size_t Request::count(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(
      headers.begin(), headers.end(), [&](auto const& each) { return each.first == name; }));
}

std::string Request::parameter(std::string_view name) const { return first_of(query, name); }

int status_of(Error const& error) noexcept {
  switch (error.code) {
    case ErrorCode::bad_usage:
      return 400;
    case ErrorCode::file_not_found:
      return 404;
    case ErrorCode::too_large:
      return 413;
    case ErrorCode::cancelled:
      return 409;
    case ErrorCode::not_converged:
    case ErrorCode::not_finite:
      return 422;
    case ErrorCode::unwritable_output:
      return 507;
    case ErrorCode::internal:
      return 500;
    default:
      return 422;
  }
}

Response error_response(int status, Error const& error) {
  return {.status = status, .body = to_text(error_to_json(error)) + "\n"};
}

Response error_response(Error const& error) { return error_response(status_of(error), error); }

}  // namespace linchpin::serve
