"""Where a sentence tells what somebody is after: wishes, struggles, hopes, purposes; each place as a frame or a span, not worded yet."""
