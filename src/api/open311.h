/* SPDX-License-Identifier: Apache-2.0 */
/* open311.h - the reading calls of Open311 GeoReport v2 over what is published, in XML and JSON.
 *
 * Source: wiki.open311.org/GeoReport_v2 ("GET Service List", "GET Service Definition", "GET Service
 * Requests", "GET Service Request"), and its service discovery. A service is a kind that the public
 * submits; a request is a published matter. `status` is open or closed; the state of the flow and
 * the result stand in `status_notes`, the published answer in `service_notice`. Places, coordinates
 * and dates of the office are not published and stay empty. Submitting is POST /api/v1/public. */
#ifndef TONGXIN_API_OPEN311_H
#define TONGXIN_API_OPEN311_H

#include "http/request.h"

#define OPEN311 "/open311/v2"

/* `{file}` of the routes ends in .json or .xml; another ending is 404. */
HttpOutcome open311_discovery(HttpRequest *request, HttpResponse *response);
HttpOutcome open311_services(HttpRequest *request, HttpResponse *response);
HttpOutcome open311_service(HttpRequest *request, HttpResponse *response);
/* ?service_request_id=A,B or ?service_code=&start_date=&end_date=&status=open,closed; without
 * dates the last 90 days; at most 1,000. */
HttpOutcome open311_requests(HttpRequest *request, HttpResponse *response);
HttpOutcome open311_request(HttpRequest *request, HttpResponse *response);

#endif
