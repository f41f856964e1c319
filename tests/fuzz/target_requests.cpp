// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "fuzz/support.h"
#include "linchpin/core/lowercase.h"
#include "linchpin/results/json.h"
#include "linchpin/serve/app.h"
#include "linchpin/serve/request_fields.h"
#include "support/table_fixtures.h"

namespace linchpin::fuzz {
namespace {

/// A server without worlds and sockets, the same for every input.
serve::App& app() {
  static test::TemporaryFolder const folder;
  static auto const made = serve::App::open(
      {.folder = folder.path() / "serve", .data = folder.path(), .guard = {.port = 80}});
  require(made.has_value(), "a server opens in an empty folder");
  return **made;
}

std::string_view take_line(std::string_view& text) {
  auto const end = text.find('\n');
  auto const line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

serve::Request request_of(std::string_view text) {
  serve::Request request;
  auto first = take_line(text);
  auto const space = first.find(' ');
  request.method = first.substr(0, space);
  auto target = space == std::string_view::npos ? std::string_view{} : first.substr(space + 1);
  auto const mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string_view::npos) {
    auto const query = target.substr(mark + 1);
    auto const equals = query.find('=');
    request.query.emplace_back(query.substr(0, equals), equals == std::string_view::npos
                                                            ? std::string_view{}
                                                            : query.substr(equals + 1));
  }
  while (!text.empty()) {
    auto const line = take_line(text);
    if (line.empty()) break;
    auto const colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    request.headers.emplace_back(lowercase(line.substr(0, colon)), line.substr(colon + 2));
  }
  request.body = text;
  return request;
}

void require_answer(serve::Response const& answer) {
  require(answer.status >= 200 && answer.status < 600, "an answer has a status");
  require(answer.status != 500, "no request makes a bug");
  if (answer.status < 400) return;
  auto const document = Json::parse(answer.body, nullptr, false);
  require(document.is_object() && document.contains("error"), "a refusal says why");
  for (auto const* key : {"code", "what", "where", "hint"}) {
    require(!document["error"][key].get<std::string>().empty(), "a refusal is whole");
  }
}

}  // namespace

void requests(Bytes input) {
  auto const request = request_of(text_of(input));
  serve::BodyRule rule;
  if (auto const refused = app().refuse_head(request, rule)) return require_answer(*refused);
  if (rule.to_file) return;  // tables are other targets
  if (rule.most_bytes > 0) {
    auto fields = serve::RequestFields::parse(request);
    if (!fields) require_sound(fields.error());
  }
  require_answer(app().answer(request));
}

}  // namespace linchpin::fuzz
