// SPDX-License-Identifier: Apache-2.0
#include "fuzz/server.h"
#include "fuzz/support.h"
#include "linchpin/core/lowercase.h"
#include "linchpin/serve/request_fields.h"

namespace linchpin::fuzz {
namespace {

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

}  // namespace

void requests(Bytes input) {
  auto const request = request_of(text_of(input));
  serve::BodyRule rule;
  auto& app = tiny_server();
  if (auto const refused = app.refuse_head(request, rule)) {
    return require_answer(refused->status, refused->body);
  }
  if (rule.to_file) return;  // tables are other targets
  if (rule.most_bytes > 0) {
    auto fields = serve::RequestFields::parse(request);
    if (!fields) require_sound(fields.error());
  }
  auto const answer = app.answer(request);
  require_answer(answer.status, answer.body);
}

}  // namespace linchpin::fuzz
