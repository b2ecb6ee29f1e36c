/** Which methods the routes of the gateway take, to tell "no such route" from "not with this method". */
export class RouteMethods {
  private readonly patterns: {
    readonly segments: readonly string[];
    readonly methods: string[];
  }[] = [];
  private readonly fixed = new Map<string, string[]>();

  /** `pattern` as the router writes it: `/api/v1/articles/:id`. */
  add(pattern: string, methods: readonly string[]): void {
    const known = this.fixed.get(pattern);
    if (pattern.includes(':')) {
      this.patterns.push({ segments: segmentsOf(pattern), methods: [...methods] });
    } else if (known === undefined) this.fixed.set(pattern, [...methods]);
    else known.push(...methods);
  }

  /**
   * Methods of the routes with this path, sorted; empty where there is no such route. A path that is a
   * route of its own is none of a pattern too, such as `/articles/batch` of `/articles/:id`.
   */
  allowedFor(path: string): readonly string[] {
    const methods = this.fixed.get(path) ?? this.matching(path);
    return [...new Set(methods)].toSorted();
  }

  /** True where the path is a route of its own, and not with this method. */
  isWrongFor(path: string, method: string): boolean {
    return this.fixed.get(path)?.includes(method) === false;
  }

  private matching(path: string): readonly string[] {
    const segments = segmentsOf(path);
    return this.patterns
      .filter((route) => matches(route.segments, segments))
      .flatMap((route) => route.methods);
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
