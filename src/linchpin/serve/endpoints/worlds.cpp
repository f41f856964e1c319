// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "linchpin/results/table_json.h"
#include "linchpin/serve/deadline.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/question.h"
#include "linchpin/serve/endpoints/submit.h"
#include "linchpin/serve/request_fields.h"
#include "linchpin/table/check.h"
#include "linchpin/table/files/sha256.h"
#include "linchpin/table/read.h"
#include "linchpin/table/store/store.h"

namespace linchpin::serve {
namespace {

std::string id_of(std::string const& name, std::string const& hash) {
  return fmt::format("{}-{}", name.empty() ? "table" : name, hash.substr(0, 12));
}

Json document_of(std::string const& id, Table const& table, Findings const& findings) {
  auto document = table_check_to_json(table, findings);
  document["schema"] = json_schema("linchpin.upload");
  document["world"] = id.empty() ? Json{} : Json(id);
  document["regions"] = table.labels.regions.size();
  document["sectors"] = table.labels.sectors.size();
  return document;
}

Response store(Site& site, Request const& request, Table const& table, std::string const& name) {
  auto const findings = check_table(table);
  if (has_errors(findings)) {
    auto document = document_of({}, table, findings);
    document["error"] = error_to_json({ErrorCode::invalid_table, "the table holds errors", "table",
                                       "repair what the findings name (`linchpin table balance` "
                                       "mends sums that do not agree), then upload it again"})
                            .at("error");
    return json_response(document, 422);
  }
  auto const hash = sha256_of_file(request.body_file);
  if (!hash) return error_response(hash.error());
  auto const id = id_of(name, *hash);
  if (auto const written = write_world(table, site.worlds.upload_path(id)); !written) {
    return error_response(written.error());
  }
  auto answer = json_response(document_of(id, table, findings), 201);
  answer.headers.emplace_back("Location", "/api/v1/worlds/" + id);
  return answer;
}

}  // namespace

Response list_worlds(Site& site) {
  Json document = {{"schema", json_schema("linchpin.worlds")}, {"worlds", Json::array()}};
  for (auto const& world : site.worlds.list()) {
    document["worlds"].push_back({{"id", world.id}, {"kind", world.kind}});
  }
  return json_response(document);
}

Response show_world(Site& site, std::string const& id) {
  auto const known = site.worlds.known_info(id);
  if (!known) return error_response(known.error());
  if (*known) return {.body = **known};
  auto const read =
      check_now(site, [&](RunControl const& control) { return site.worlds.info(id, control); });
  return read ? Response{.body = **read} : read.error();
}

Response upload_world(Site& site, Request const& request) {
  auto const name = request.parameter("name");
  auto const format = request.parameter("format");
  ErrorList errors;
  if (!name.empty() && (!is_plain_name(name) || name.size() > 40)) {
    errors.add(ErrorCode::bad_value, "the name is not one of letters, digits, '-', '_' and dots",
               "name", "take a short plain name, or leave it out");
  }
  auto const formats = table_formats();
  if (!format.empty() && std::find(formats.begin(), formats.end(), format) == formats.end()) {
    errors.add(ErrorCode::bad_value, "there is no such format", "format",
               fmt::format("take one of: {}", fmt::join(formats, ", ")));
  }
  if (!errors.empty()) return error_response(errors.joined());
  auto const worlds = site.worlds.list();
  auto const uploads = static_cast<std::size_t>(std::count_if(
      worlds.begin(), worlds.end(), [](auto const& each) { return each.kind == "uploaded"; }));
  if (uploads >= most_uploads) {
    return error_response(507, {ErrorCode::unwritable_output,
                                fmt::format("{} uploaded worlds are kept, and no more", uploads),
                                "worlds", "remove one with DELETE /api/v1/worlds/{id}"});
  }
  Deadline const deadline(upload_seconds);
  RunControl control;
  control.threads = site.threads;
  control.cancel = deadline.token();
  ReadOptions options;
  options.format = format;
  options.member = request.parameter("member");
  options.memory_limit = upload_memory;
  options.reader_program = site.worlds.folders().reader_program;
  auto table = read_table(request.body_file, options, control);
  if (!table && deadline.passed()) {
    return error_response(
        422, {ErrorCode::too_large, fmt::format("reading it took over {} s", upload_seconds),
              "table", "read it with `linchpin table import` and name the world with --world"});
  }
  if (table) return store(site, request, *table, name);
  // The file has a name of ours, which means nothing to whoever sent it.
  auto const ours = request.body_file.string();
  auto error = table.error();
  auto const rename = [&](Error& each) {
    for (auto* text : {&each.what, &each.where, &each.hint}) {
      for (auto at = text->find(ours); at != std::string::npos; at = text->find(ours, at)) {
        text->replace(at, ours.size(), "upload");
        at += 6;
      }
    }
  };
  rename(error);
  for (auto& each : error.further) rename(each);
  return error_response(error);
}

Response remove_world(Site& site, std::string const& id) {
  auto const entry = site.worlds.find(id);
  if (!entry) return error_response(entry.error());
  if (entry->kind != "uploaded") {
    return error_response(409, {ErrorCode::bad_usage, "only uploaded worlds can be removed",
                                "world", "leave it, or start the server without it"});
  }
  std::error_code problem;
  std::filesystem::remove(entry->file, problem);
  if (problem) {
    return error_response({ErrorCode::unwritable_output, "it cannot be removed", "world",
                           "check the permissions of the server's folder"});
  }
  return {.status = 204, .content_type = {}};
}

}  // namespace linchpin::serve
