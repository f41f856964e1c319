// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <optional>

#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/question.h"
#include "linchpin/serve/endpoints/read_texts.h"

namespace linchpin::serve {
namespace {

/// The line in "study.toml:12" or "study.toml:12: …".
Json line_of(std::string const& where, std::string const& source) {
  if (!where.starts_with(source + ":")) return nullptr;
  int line = 0;
  auto const* const begin = where.data() + source.size() + 1;
  auto const [end, problem] = std::from_chars(begin, where.data() + where.size(), line);
  return problem == std::errc{} && end != begin && line >= 1 ? Json(line) : Json{};
}

Json finding(Error const& error, std::string const& source) {
  return {{"code", std::string{to_string(error.code)}},
          {"what", error.what},
          {"where", error.where},
          {"hint", error.hint},
          {"line", line_of(error.where, source)}};
}

}  // namespace

Response validate(Site& site, Request const& request) {
  auto fields = RequestFields::parse(request);
  if (!fields) return error_response(fields.error());
  auto const kind = fields->text("kind");
  auto const text = fields->text_or("text", {});
  auto const world = fields->text_or("world", {});
  auto const* const reader = text_reader(kind);
  if (!kind.empty() && reader == nullptr) {
    fields->errors().add(ErrorCode::bad_value, "there is no such kind of text", "kind",
                         "take study, scenario, trade-scenario, autonomy or game");
  }
  if (reader != nullptr && reader->needs_world && world.empty()) {
    fields->errors().add(ErrorCode::missing_value, "'world' is missing", "world",
                         "say whose labels the text uses");
  }
  if (auto const sound = fields->finish(); !sound) return error_response(sound.error());
  if (reader->needs_world) {
    if (auto const known = site.worlds.find(world); !known) return error_response(known.error());
  }
  return answer_now(site, [&](RunControl const& control) -> Result<Json> {
    Json document = {{"schema", json_schema("linchpin.validation")}};
    auto const read = reader->check(site.worlds, text, world, control);
    // A deadline is no fault of the text.
    if (control.cancel.cancelled())
      return fail(ErrorCode::cancelled, "cancelled", "text", "ask again");
    document["valid"] = read.has_value();
    document["findings"] = Json::array();
    if (read) return document;
    document["findings"].push_back(finding(read.error(), reader->source));
    for (auto const& each : read.error().further) {
      document["findings"].push_back(finding(each, reader->source));
    }
    return document;
  });
}

}  // namespace linchpin::serve
