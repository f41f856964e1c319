// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/fetch/http_download.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "linchpin/table/fetch/http_download_exchange.h"
#include "linchpin/table/files/sha256.h"

namespace linchpin {
namespace {

constexpr int most_redirects = 5;
constexpr int most_attempts = 4;

tl::unexpected<Error> refused(long status, std::string const& url) {
  constexpr long not_found = 404, gone = 410, unauthorized = 401, forbidden = 403;
  if (status == not_found || status == gone) {
    return fail(ErrorCode::file_not_found,
                fmt::format("the server has no such file (HTTP {})", status), url,
                "the publisher may have moved it: look at the page that "
                "`linchpin table fetch` names, and import the file by hand");
  }
  bool const closed = status == unauthorized || status == forbidden;
  return fail(
      ErrorCode::unreadable_file,
      fmt::format("the server {} (HTTP {})",
                  closed ? "does not give the file to everybody" : "refused", status),
      url,
      closed ? "get the file in a browser and use `linchpin table import`" : "try again later");
}

/// One download, over as many exchanges as redirects and cut-offs make necessary.
class Download {
 public:
  Download(DownloadOptions const& options, RunControl const& control, PartFile part)
      : options_(options), control_(control), part_(std::move(part)), url_(options.url) {}

  Result<DownloadReport> run();

 private:
  enum class Next { done, again };
  Result<Next> step();
  Result<Next> judge(HttpAnswer const& answer);
  Result<Next> redirect(HttpAnswer const& answer);
  Result<Next> cut_off(HttpAnswer const& answer);
  Result<DownloadReport> finish();

  DownloadOptions const& options_;
  RunControl const& control_;
  PartFile part_;
  std::string url_;
  int redirects_ = 0;
  int attempts_ = 0;
  std::uint64_t resumed_ = 0;
};

Result<Download::Next> Download::redirect(HttpAnswer const& answer) {
  if (++redirects_ > most_redirects) {
    return fail(ErrorCode::unreadable_file,
                fmt::format("the server sends us on more than {} times", most_redirects),
                options_.url, "the publisher's server is at fault: try again later");
  }
  if (answer.location.empty()) {
    return fail(ErrorCode::unreadable_file, "the server sends us on, but not where to",
                options_.url, "the publisher's server is at fault: try again later");
  }
  url_ = answer.location;
  return Next::again;
}

Result<Download::Next> Download::cut_off(HttpAnswer const& answer) {
  bool const progress = answer.received > 0;
  if (progress && ++attempts_ < most_attempts) {
    url_ = options_.url;
    redirects_ = 0;
    return Next::again;
  }
  auto const kept = part_.size();
  return fail(
      ErrorCode::unreadable_file,
      kept > 0 ? fmt::format("the connection broke off after {} bytes ({})", kept, answer.problem)
               : fmt::format("nothing could be downloaded ({})", answer.problem),
      url_,
      kept > 0 ? "run it again: it goes on where it stopped"
               : "check the network connection; nothing was written");
}

Result<Download::Next> Download::judge(HttpAnswer const& answer) {
  constexpr long complete = 200, partial = 206, range_not_there = 416;
  if (answer.cancelled) {
    return fail(ErrorCode::cancelled, "stopped while downloading", options_.url,
                "run it again: it goes on where it stopped");
  }
  if (answer.write_error) return fail(*answer.write_error);
  if (answer.too_large) {
    part_.discard();
    return fail(
        ErrorCode::too_large,
        fmt::format("the file is larger than the {} bytes it may have", options_.largest_bytes),
        options_.url, "this is not the published file: tell us, or fetch it by hand");
  }
  if (!answer.problem.empty()) return cut_off(answer);
  if (answer.status == complete || answer.status == partial) return Next::done;
  if (answer.status >= 300 && answer.status < 400) return redirect(answer);
  if (answer.status == range_not_there && part_.size() > 0) {
    // What we hold is not the beginning of what the server has.
    if (auto const empty = part_.restart(); !empty) return fail(empty.error());
    return Next::again;
  }
  return refused(answer.status, url_);
}

Result<Download::Next> Download::step() {
  if (auto const allowed = check_url(url_, options_.loopback_http); !allowed) {
    return fail(allowed.error());
  }
  auto const before = part_.size();
  auto const answer = exchange({.url = url_,
                                .largest_bytes = options_.largest_bytes,
                                .stall_seconds = options_.stall_seconds},
                               part_, control_);
  if (!answer) return fail(answer.error());
  // Started anew, whatever was there before.
  if (part_.size() < before + answer->received) resumed_ = 0;
  return judge(*answer);
}

Result<DownloadReport> Download::finish() {
  if (auto const done = part_.flush(); !done) return fail(done.error());
  auto sha256 = sha256_of_file(part_.path());
  if (!sha256) return fail(sha256.error());
  DownloadReport report{*std::move(sha256), part_.size(), resumed_};
  bool const wrong_size = options_.bytes != 0 && report.bytes != options_.bytes;
  if (wrong_size || (!options_.sha256.empty() && report.sha256 != options_.sha256)) {
    part_.discard();
    return fail(
        ErrorCode::unreadable_file,
        wrong_size ? fmt::format("this is not the published file: it has {} bytes, not {}",
                                 report.bytes, options_.bytes)
                   : fmt::format("this is not the published file: its SHA-256 is {}, not {}",
                                 report.sha256, options_.sha256),
        options_.url, "it was thrown away; try again, and if it stays so, ask the publisher");
  }
  if (auto const done = part_.commit(); !done) return fail(done.error());
  return report;
}

Result<DownloadReport> Download::run() {
  resumed_ = part_.size();
  for (;;) {
    auto const next = step();
    if (!next) return fail(next.error());
    if (*next == Next::done) return finish();
  }
}

}  // namespace

Result<DownloadReport> download(DownloadOptions const& options, RunControl const& control) {
  if (auto const allowed = check_url(options.url, options.loopback_http); !allowed) {
    return fail(allowed.error());
  }
  auto part = PartFile::open(options.target, options.url);
  if (!part) return fail(part.error());
  return Download(options, control, *std::move(part)).run();
}

}  // namespace linchpin
