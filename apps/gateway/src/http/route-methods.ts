/** Which methods the routes of the gateway take, to tell "no such route" from "not with this method". */
export class RouteMethods {
  private readonly routes: { readonly segments: readonly string[]; readonly methods: string[] }[] =
    [];

  /** `pattern` as the router writes it: `/api/v1/articles/:id`. */
  add(pattern: string, methods: readonly string[]): void {
    this.routes.push({ segments: segmentsOf(pattern), methods: [...methods] });
  }

  /** Methods of the routes with this path, sorted; empty where there is no such route. */
  allowedFor(path: string): readonly string[] {
    const segments = segmentsOf(path);
    const methods = this.routes
      .filter((route) => matches(route.segments, segments))
      .flatMap((route) => route.methods);
    return [...new Set(methods)].toSorted();
  }
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((segment, index) => segment.startsWith(':') || segment === path[index])
  );
}
