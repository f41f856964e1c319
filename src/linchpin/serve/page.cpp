// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/page.h"

#include <fmt/format.h>

#include <string>

#include "linchpin/core/version.h"

namespace linchpin::serve {
namespace {

constexpr int runs_shown = 50;

constexpr char const* style = R"(:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #8885;
         vertical-align: top; }
.note { opacity: .8; }
)";

std::string link(std::string const& address, std::string const& text) {
  return fmt::format("<a href=\"{}\">{}</a>", escape_html(address), escape_html(text));
}

std::string worlds_section(Site const& site) {
  std::string rows;
  for (auto const& world : site.worlds.list()) {
    rows += fmt::format("<tr><td>{}</td><td>{}</td></tr>\n",
                        link("/api/v1/worlds/" + world.id, world.id), escape_html(world.kind));
  }
  if (rows.empty()) return "<p>There are no worlds: upload one, or name one with --world.</p>\n";
  return "<div class=\"wide\"><table><thead><tr><th scope=\"col\">world (labels and totals as "
         "JSON)</th><th scope=\"col\">kind</th></tr></thead>\n<tbody>\n" +
         rows + "</tbody></table></div>\n";
}

std::string files_of(RunRecord const& record) {
  auto const base = fmt::format("/api/v1/runs/{}", record.id);
  if (record.status != RunStatus::done) return link(base, "state");
  auto links = link(base + "/results.json", "JSON");
  if (record.kind != "study") return links;
  return link(base + "/report", "report") + " · " + links + " · " +
         link(base + "/results.nc", "NetCDF") + " · " + link(base + "/tables", "tables");
}

std::string runs_section(Site const& site) {
  auto const records = site.runs.list(0, runs_shown);
  if (!records) {
    return fmt::format("<p>The history cannot be read: {}</p>\n",
                       escape_html(records.error().what));
  }
  if (records->empty()) {
    return "<p>Nothing has been run yet. Post a study to <code>/api/v1/studies</code>, or start "
           "the "
           "server with <code>--results</code> and the folder of a <code>linchpin "
           "run</code>.</p>\n";
  }
  std::string rows;
  for (auto const& record : *records) {
    rows += fmt::format(
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
        record.id, escape_html(record.title.empty() ? "(no title)" : record.title),
        escape_html(record.kind), escape_html(record.world), escape_html(record.created),
        to_string(record.status), files_of(record));
  }
  return "<div class=\"wide\"><table><thead><tr><th scope=\"col\">run</th><th "
         "scope=\"col\">title</th>"
         "<th scope=\"col\">question</th><th scope=\"col\">world</th><th scope=\"col\">created "
         "(UTC)</th>"
         "<th scope=\"col\">status</th><th scope=\"col\">files</th></tr></thead>\n<tbody>\n" +
         rows + "</tbody></table></div>\n";
}

}  // namespace

Response index_page(Site& site) {
  Response answer;
  answer.content_type = "text/html; charset=utf-8";
  answer.body = fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
      "<title>Linchpin</title><link rel=\"stylesheet\" href=\"/style.css\"></head>\n<body><main>\n"
      "<h1>Linchpin {}</h1>\n"
      "<p class=\"note\">A page of links; everything else is asked of the HTTP API under "
      "<code>/api/v1</code>. Reload it to see what has changed.</p>\n"
      "<h2>Runs</h2>\n{}<h2>Worlds</h2>\n{}</main></body></html>\n",
      version, runs_section(site), worlds_section(site));
  return answer;
}

Response style_sheet() {
  Response answer;
  answer.content_type = "text/css; charset=utf-8";
  answer.body = style;
  return answer;
}

}  // namespace linchpin::serve
